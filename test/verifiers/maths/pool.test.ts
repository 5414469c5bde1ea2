import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { mathsVerifier, type PoolSettings, verifyMaths } from '../../../verifiers/maths/index.ts';
import type { Task } from '../../../verifiers/port.ts';
import { VerifierFault } from '../../../verifiers/port.ts';

const task = (answer: string, response: string): Task => ({ reference: { domain: 'maths', answer }, response });
const never = new AbortController().signal;

const open: { close: () => Promise<void> }[] = [];
const pool = (settings?: PoolSettings) => {
  const verifier = mathsVerifier(settings);
  open.push(verifier);
  return verifier;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((verifier) => verifier.close()));
});

describe('the maths verifier in workers', () => {
  it('gives the judgements of the function, in the order of the calls', async () => {
    const { verify } = pool({ workers: 2 });
    const tasks = Array.from({ length: 500 }, (_, index) =>
      task(String(index % 7), `The answer is \\boxed{${index % 5}}.`),
    );
    const judgements = await Promise.all(tasks.map((one) => verify(one, never)));
    expect(judgements).toEqual(tasks.map((one) => verifyMaths(one)));
  });

  it('loads its code ahead of the first answer where it is told to, and keeps no process for it', async () => {
    const started = new Promise((resolve) => process.once('worker', resolve));
    const { start, verify } = pool({ workers: 3 });
    start();
    await started;
    const more: unknown[] = [];
    const count = (worker: unknown) => more.push(worker);
    process.on('worker', count);
    for (let answer = 0; answer < 3; answer++)
      expect((await verify(task('5', '\\boxed{5}'), never)).verdict).toBe('right');
    process.off('worker', count);
    expect(more).toEqual([]);
    const code = 'const { mathsVerifier } = await import(process.argv[1]); mathsVerifier().start()';
    const url = new URL('../../../verifiers/maths/index.ts', import.meta.url).href;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', code, url], { timeout: 60_000 });
    expect(ended.status, String(ended.stderr)).toBe(0);
  });

  it('applies its settings', async () => {
    const { verify } = pool({ policies: { units: 'required' } });
    expect((await verify(task('5 \\text{ cm}', '\\boxed{5}'), never)).verdict).toBe('wrong');
  });

  it('gives up a job at its deadline with a fault, and judges the others all the same', {
    timeout: 30_000,
  }, async () => {
    const { verify } = pool({ steps: 1e12, deadline: 1_500 });
    const hung = task('5', `\\boxed{${'\\sum_{i=1}^{2000}'.repeat(6)} i}`);
    const around = Array.from({ length: 20 }, () => task('5', '\\boxed{5}'));
    const results = await Promise.allSettled([...around, hung, ...around].map((one) => verify(one, never)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    const fault = (results[20] as PromiseRejectedResult).reason;
    expect(fault).toBeInstanceOf(VerifierFault);
    expect(fault.code).toBe('verifier-deadline');
    expect((await verify(task('5', '\\boxed{5}'), never)).verdict).toBe('right');
  });

  it('rejects an aborted call with the reason of its signal', async () => {
    const { verify } = pool();
    const controller = new AbortController();
    const reason = new Error('stopped');
    const judgement = verify(task('5', '\\boxed{5}'), controller.signal);
    controller.abort(reason);
    await expect(judgement).rejects.toBe(reason);
    await expect(verify(task('5', '\\boxed{5}'), controller.signal)).rejects.toBe(reason);
  });

  it('leaves no call open when it is closed', async () => {
    const { verify, close } = pool();
    const judgements = Array.from({ length: 300 }, () => verify(task('5', '\\boxed{5}'), never));
    const settled = Promise.allSettled([...judgements]);
    await close();
    expect((await settled).length).toBe(300);
    await expect(verify(task('5', '\\boxed{5}'), never)).rejects.toBeInstanceOf(VerifierFault);
  });

  it('waits for the end of its thread although nothing else keeps the process', () => {
    const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/close-early.ts`]);
    expect(status).toBe(0);
  });

  it('refuses a task of another domain', async () => {
    const { verify } = pool();
    await expect(
      verify({ reference: { domain: 'choice', answer: 'A', choices: ['1'] }, response: 'A' }, never),
    ).rejects.toThrow(TypeError);
  });
});
