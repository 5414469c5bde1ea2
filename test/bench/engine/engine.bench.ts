/**
 * The sampler's decisions in process and through the embedded transport, and the whole topology over instant fakes:
 * records a second and peak memory. Each part is a process of its own: `node test/bench/engine/engine.bench.ts [part]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from '../../../processors/sample.ts';
import type { SamplerState } from '../../../processors/sampling/state.ts';
import { curriculumWeights, type TargetSettings, targetOf } from '../../../processors/sampling/target.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level, Levelled } from '../../../schemas/types.ts';
import { controlRecord } from '../../../topologies/control-words.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { addProblems, begin, fakeCapabilities, fakeModel, problem, runFlow } from '../../helpers/flow.ts';
import { letThrough, levelledOf, text } from './let-through.ts';
import { type Speed, stopwatch } from './stopwatch.ts';

const target: TargetSettings = {
  records: null,
  weights: curriculumWeights,
  admit: 'streaming',
  onShortfall: 'report',
  seed: 1,
};
const hash = (text: string): string => Buffer.from(text).toString('hex');
/** Arrivals and outcomes by turns; every step is a decision. */
const inProcess = (): Speed => {
  const { step, initial } = sample({ hash });
  const known = { head: () => undefined, admissions: 0, intake: true };
  let state: SamplerState = initial;
  const settings = JSON.stringify(targetOf(target));
  state = step(state, { from: 'control', record: controlRecord({ kind: 'target', settings }) }, known).state;
  const arrivals = levels.map((level) => levelledOf('p', level));
  const open: Level[] = [];
  const count = 600_000;
  const speed = stopwatch();
  for (let index = 0; index < count / 2; index++) {
    const level = levels[index % 6] as Level;
    const next = step(state, { from: 'levelled', record: arrivals[index % 6] as Levelled }, known);
    state = next.state;
    if (next.commands.length > 0) open.push(level);
    const settled = levels.find((one) => (state.open[one] ?? 0) > 0);
    if (!settled) continue;
    const became = index % 5 === 0 ? 'rejected' : 'emitted';
    state = step(
      state,
      { from: 'outcomes', record: { id: 'p', level: settled, domain: 'maths', dataset: 'test', admission: 0, became } },
      known,
    ).state;
  }
  return speed(count);
};

const throughTransport = (): Promise<Speed> => inStore((transport) => letThrough(transport, 40_000));

/** Everything, with a student, scorer and teacher that answer at once; half of what comes is emitted. */
const whole = async (count: number): Promise<Speed & { peak: number }> =>
  inStore(async (transport) => {
    for (let from = 0; from < count; from += 5000) {
      const batch = Array.from({ length: 5000 }, (_, index) => ({ ...problem(`p${from + index}`), statement: text }));
      await addProblems(transport, batch);
    }
    await begin(transport, { ...target, records: count / 2, onShortfall: 'redistribute', admit: 'after-grading' });
    const student = fakeModel((id) =>
      Number(id.slice(1)) % 6 === 0 ? '1' : `score=${((Number(id.slice(1)) % 6) - 1) / 5 + 0.05} ${text}`,
    );
    const teacher = fakeModel(() => '1');
    const forget = () => {
      student.calls.length = 0;
      teacher.calls.length = 0;
    };
    let peak = 0;
    const watch = setInterval(() => {
      forget();
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const speed = stopwatch();
    const end = await runFlow(transport, fakeCapabilities(student.model, teacher.model), { inHand: () => 256 });
    clearInterval(watch);
    if (end !== 'complete') throw new Error(end);
    return { ...speed(count), peak: peak / 2 ** 20 };
  });

const inStore = async <Result>(work: (transport: Transport) => Promise<Result>): Promise<Result> => {
  const path = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const transport = openEmbedded({ path, run: 'test', partitions: 4, runner: true });
  try {
    await transport.apply(topicSpecs);
    return await work(transport);
  } finally {
    await transport.close();
    rmSync(path, { recursive: true, force: true });
  }
};

const parts: Record<string, () => unknown> = {
  sampler: inProcess,
  transport: throughTransport,
  small: () => whole(10_000),
  large: () => whole(100_000),
};

const round = (value: number): string => Math.round(value).toLocaleString('en');

const measured = <Result>(part: string): Result =>
  JSON.parse(execFileSync(process.execPath, [import.meta.filename, part], { encoding: 'utf8' }));

const part = process.argv[2];
if (part) console.log(JSON.stringify(await parts[part]?.()));
else {
  const small = measured<Speed & { peak: number }>('small');
  const large = measured<Speed & { peak: number }>('large');
  const row = (name: string, { perSecond, perCpuSecond }: Speed, aim: string) =>
    console.log(`| ${name} | ${round(perSecond)} | ${round(perCpuSecond)} | ${aim} |`);
  console.log('| engine | a second | a second of CPU | aim |\n|---|---|---|---|');
  row('sampler in process, decisions', measured('sampler'), '≥ 500,000');
  row('sampler through the embedded transport, decisions', measured('transport'), '≥ 20,000');
  row('whole flow, 10,000 problems', small, '–');
  row('whole flow, 100,000 problems', large, '–');
  console.log(`\npeak memory: ${round(small.peak)} MB at 10,000, ${round(large.peak)} MB at 100,000 (aim: < 400)`);
  console.log(`growth of the peak: ${(large.peak / small.peak).toFixed(2)} × (aim: ≤ 1.5 ×)`);
}
