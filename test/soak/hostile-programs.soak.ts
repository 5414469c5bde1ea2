/**
 * Programs mutated by seed, from honest and hostile ones: `node test/soak/hostile-programs.soak.ts [programs] [runner] [seed]`.
 * Each gets a verdict with a reason, within bounded memory and without a stall of a second; after every hundred an
 * honest program is right and a wrong one wrong. Stalls are counted in the main thread's processor time: on a busy machine
 * the thread waits for a core, which is nobody's fault here.
 */
import fc from 'fast-check';
import { codeVerifier } from '../../verifiers/code/index.ts';
import type { SandboxName } from '../../verifiers/code/sandbox/port.ts';
import type { CodeTests } from '../../verifiers/port.ts';
import { watchStalls } from '../helpers/main-thread-stalls.ts';
import { cheatAndTwin, cheats } from '../verifiers/code/containment/cheats.ts';
import { assaults, attempts } from '../verifiers/code/containment/probes.ts';
import { codeTask, fenced, never } from '../verifiers/code/support.ts';

const [programs = '20000', runner = 'auto', seed = '1'] = process.argv.slice(2);
const AT_ONCE = 100;
const LONGEST_STALL_SECONDS = 1;
const MOST_MEMORY_BYTES = 1.5e9;

const sources = [
  ...cheats.flatMap((cheat) => Object.values(cheatAndTwin(cheat))),
  ...[...attempts, ...assaults].map(({ source }) => source),
];
const tests: readonly CodeTests[] = [
  { kind: 'asserts', setup: '', asserts: ['assert square(3) == 9', 'assert square(7) == 49'] },
  {
    kind: 'check',
    entryPoint: 'square',
    source: 'def check(candidate):\n    for n in (3, 7):\n        assert sorted([candidate(n)]) == [n * n]',
  },
  { kind: 'call', entryPoint: 'probe', cases: [{ arguments: [{}], expected: 1 }], timeLimitSeconds: 0.3 },
  { kind: 'stdin', cases: [{ input: '3', output: '9' }], timeLimitSeconds: 0.3 },
];

/** Lines cut out, doubled, exchanged with another program's, or letters changed. */
const mutated = fc
  .tuple(
    fc.constantFrom(...sources),
    fc.constantFrom(...sources),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(4)), { maxLength: 4 }),
  )
  .map(([source, other, changes]) => {
    const lines = source.split('\n');
    const others = other.split('\n');
    for (const [from, to, kind] of changes) {
      const at = from % Math.max(1, lines.length);
      if (kind === 0) lines.splice(at, 1);
      else if (kind === 1) lines.splice(at, 0, lines[to % lines.length] ?? '');
      else if (kind === 2) lines.splice(at, 0, others[to % others.length] ?? '');
      else if (kind === 3) lines[at] = `${lines[at] ?? ''}${String.fromCharCode(to % 0x3000)}`;
      else lines[at] = (lines[at] ?? '').slice(0, to % 80);
    }
    return lines.join('\n');
  });

const verifier = await codeVerifier({ runner: runner as SandboxName | 'auto', timeLimitSeconds: 0.3 });
using stalls = watchStalls();
const verdicts: Record<string, number> = {};
const faults: string[] = [];
const check = (what: string, holds: boolean) => {
  if (!holds) faults.push(what);
};
const begun = performance.now();
for (let at = 0; at < Number(programs); at += AT_ONCE) {
  const drawn = fc.sample(fc.tuple(mutated, fc.constantFrom(...tests)), {
    numRuns: Math.min(AT_ONCE, Number(programs) - at),
    seed: Number(seed) + at,
  });
  stalls.longest();
  await Promise.all(
    drawn.map(async ([source, form], number) => {
      const name = `seed ${Number(seed) + at}, program ${number}`;
      try {
        const { verdict, reason } = await verifier.verify(codeTask(form, fenced(source)), never);
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        check(`${name}: ${verdict} without a reason`, reason !== '');
      } catch (error) {
        check(`${name}: ${error}`, false);
      }
    }),
  );
  const longest = stalls.longest();
  check(`seed ${Number(seed) + at}: a stall of ${longest.toFixed(2)} s`, longest < LONGEST_STALL_SECONDS);
  for (const [source, wanted] of [
    ['print(int(input()) ** 2)', 'right'],
    ['print(8)', 'wrong'],
  ] as const) {
    const { verdict } = await verifier.verify(
      codeTask({ kind: 'stdin', cases: [{ input: '3', output: '9' }] }, fenced(source)),
      never,
    );
    check(`seed ${Number(seed) + at}: behind it, ${source} is ${verdict}`, verdict === wanted);
  }
  check(`seed ${Number(seed) + at}: ${process.memoryUsage().rss} bytes`, process.memoryUsage().rss < MOST_MEMORY_BYTES);
}
await verifier.close();
const seconds = (performance.now() - begun) / 1000;
console.log(`${programs} programs on ${verifier.runner.name} in ${seconds.toFixed(0)} s: ${JSON.stringify(verdicts)}`);
console.log(`at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
for (const fault of faults) console.log(`- ${fault}`);
if (faults.length > 0) process.exitCode = 1;
