import { type RunSettings, runTopology } from '../../runtime/run.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { controlWords } from '../../topologies/control-words.ts';
import { evaluation } from '../../topologies/evaluation.ts';
import { evaluationTopics } from '../../topologies/topics.ts';
import type { LoadedConfig } from '../config/load.ts';
import { gradingOf, type Thresholds, type Wiring } from '../wire/capabilities.ts';
import { ingest, sealSource } from './ingest.ts';
import { scan } from './scan.ts';
import { sourceFiles, sourcesOf } from './source-files.ts';

/** What the student shows on the evaluation set. */
export interface Evaluated {
  readonly problems: number;
  /** By the majority of the attempts. */
  readonly right: number;
  /** Mean share of right attempts: with one attempt the same as right / problems. */
  readonly passAt1: number;
  readonly bySubject: Readonly<Record<string, Group>>;
  /** By the data set's own level. */
  readonly bySourceLevel: Readonly<Record<string, Group>>;
  readonly truncated: number;
  readonly unverifiable: number;
  /** P_eval: counts by level; not smoothed, zeros shown. */
  readonly levels: Readonly<Record<Level, number>>;
  /** Of the wrong ones with a score, by quintile: the bounds that `levels.thresholds: quantiles` takes. */
  readonly quantiles: Thresholds | null;
}

export interface Group {
  readonly problems: number;
  readonly passAt1: number;
}

const KEY = 'evaluated';

/** The frozen evaluation of this run, if there is one. */
export const frozenEvaluation = async (transport: Transport): Promise<Evaluated | undefined> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored && (JSON.parse(Buffer.from(stored).toString()) as Evaluated);
};

/** Lets the student answer the evaluation set, on topics of its own, and freezes what it shows with the run. */
export const evaluate = async (
  loaded: LoadedConfig,
  transport: Transport,
  wiring: Wiring,
  engine: Pick<RunSettings, 'deadLetters' | 'inHand' | 'observe' | 'stopping' | 'aborted'>,
): Promise<Evaluated | 'stopped'> => {
  const { config, folder } = loaded;
  await ingest({
    transport,
    topic: evaluationTopics.problems.name,
    run: config.run,
    files: await sourceFiles(sourcesOf(config.evaluation, folder, 'test')),
    signal: engine.stopping,
    progress: () => {},
  });
  await sealSource(transport, evaluationTopics.problems.name, evaluationTopics.control.name);
  const thresholds = config.levels.thresholds === 'quantiles' ? plainThresholds : config.levels.thresholds;
  const end = await runTopology({
    ...engine,
    run: config.run,
    transport,
    topology: evaluation(gradingOf(wiring, () => true, thresholds)),
    control: { topic: evaluationTopics.control.name, codec: controlWords },
  });
  if (end === 'stopped') return end;
  const found = await count(transport);
  await transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify(found)));
  return found;
};

export const plainThresholds: Thresholds = [0.2, 0.4, 0.6, 0.8];

const count = async (transport: Transport): Promise<Evaluated> => {
  const byLevel = Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
  const subjects = new Map<string, number[]>();
  const sourceLevels = new Map<string, number[]>();
  const rates: number[] = [];
  const scores: number[] = [];
  let right = 0;
  let truncated = 0;
  for await (const { record } of scan(transport, evaluationTopics.levelled)) {
    const { graded, score } = record.scored;
    const { subject, level } = graded.problem.source;
    byLevel[record.level]++;
    rates.push(record.passRate);
    if (subject !== null) push(subjects, subject, record.passRate);
    if (level !== null) push(sourceLevels, level, record.passRate);
    if (graded.verdict === 'right') right++;
    if (graded.attempts.every((attempt) => attempt.finish === 'length')) truncated++;
    if (score !== null) scores.push(score);
  }
  let unverifiable = 0;
  for await (const _ of scan(transport, evaluationTopics.unverifiable)) unverifiable++;
  return {
    problems: rates.length,
    right,
    passAt1: mean(rates),
    bySubject: groups(subjects),
    bySourceLevel: groups(sourceLevels),
    truncated,
    unverifiable,
    levels: byLevel,
    quantiles: quintiles(scores),
  };
};

const push = (into: Map<string, number[]>, key: string, value: number): void => {
  const known = into.get(key);
  if (known) known.push(value);
  else into.set(key, [value]);
};

const groups = (rates: ReadonlyMap<string, readonly number[]>): Record<string, Group> =>
  Object.fromEntries(
    [...rates]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, all]) => [key, { problems: all.length, passAt1: mean(all) }]),
  );

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Null where there are fewer than five different scores. */
const quintiles = (scores: readonly number[]): Thresholds | null => {
  const sorted = scores.toSorted((a, b) => a - b);
  if (new Set(sorted).size < 5) return null;
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] as number;
  return [at(0.2), at(0.4), at(0.6), at(0.8)];
};
