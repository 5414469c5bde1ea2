/** A host that is to be killed while a program runs without end: `node endless-host.ts RUNNER`. */
import { codeVerifier } from '../../../../verifiers/code/index.ts';
import type { SandboxName } from '../../../../verifiers/code/sandbox/port.ts';
import { codeTask, fenced, never } from '../support.ts';

const verifier = await codeVerifier({ runner: process.argv[2] as SandboxName, timeLimitSeconds: 600 });
const tests = { kind: 'asserts', setup: '', asserts: ['assert f() == 1'] } as const;
void verifier.verify(codeTask(tests, fenced('def f():\n    while True: pass')), never);
console.log('started');
