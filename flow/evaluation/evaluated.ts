import { passRate } from '../../processors/level.ts';
import { type RunSettings, runTopology } from '../../runtime/run.ts';
import type { Topic } from '../../runtime/topology.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level, Problem } from '../../schemas/types.ts';
import { controlWords } from '../../topologies/control-words.ts';
import { evaluation } from '../../topologies/evaluation.ts';
import { evaluationTopics } from '../../topologies/topics.ts';
import { ingest } from '../intake/ingest.ts';
import { sealSource } from '../intake/seal-source.ts';
import { sourceFiles, sourcesOf } from '../intake/source-files.ts';
import type { Settings } from '../settings/settings.ts';
import { scan } from '../store/scan.ts';
import { gradingOf, type Thresholds, type Wiring } from '../wiring/capabilities.ts';
import { type Interval, mean, passInterval } from './intervals.ts';
import { quintiles } from './quintiles.ts';

/** What the student shows on the evaluation set. */
export interface Evaluated extends Group {
  /** By the majority of the attempts. */
  readonly right: number;
  readonly byDataSet: Readonly<Record<string, Group>>;
  readonly bySubject: Readonly<Record<string, Group>>;
  /** By the data set's own level. */
  readonly bySourceLevel: Readonly<Record<string, Group>>;
  /** Their references cannot be read: they count nowhere else. */
  readonly unverifiable: number;
  /** Dead letters: the student has no answer to them, and they count nowhere else. */
  readonly unanswered: number;
  /** P_eval: counts by level; not smoothed, zeros shown. */
  readonly levels: Readonly<Record<Level, number>>;
  /** Of the wrong ones with a score, by quintile: the bounds that `levels.thresholds: quantiles` takes. */
  readonly quantiles: Thresholds | null;
}

/** Some of the problems that were judged. */
export interface Group {
  readonly problems: number;
  readonly attempts: number;
  /** Mean share of right attempts: with one attempt the same as right / problems. */
  readonly passAt1: number;
  /** 95 %. */
  readonly interval: Interval;
  /** Attempts that were cut off at `student.maxTokens`, which counts as wrong. */
  readonly truncated: number;
}

const KEY = 'evaluated';

/** The frozen evaluation of this run, if there is one. */
export const frozenEvaluation = async (transport: Transport): Promise<Evaluated | undefined> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored && (JSON.parse(Buffer.from(stored).toString()) as Evaluated);
};

/** Lets the student answer the evaluation set, on topics of its own, and freezes what it shows with the run. */
export const evaluate = async (
  settings: Settings,
  transport: Transport,
  wiring: Wiring,
  engine: Pick<RunSettings, 'deadLetters' | 'inHand' | 'observe' | 'stopping' | 'aborted'>,
): Promise<Evaluated | 'stopped'> => {
  const { config } = settings;
  // Whatever stages this process has: the evaluation's are its own.
  const { deadLetters, inHand, observe, stopping, aborted } = engine;
  await ingest({
    transport,
    topic: evaluationTopics.problems.name,
    run: config.run,
    files: await sourceFiles(sourcesOf(config.evaluation, settings, 'test')),
    signal: stopping,
    progress: () => {},
  });
  await sealSource(transport, evaluationTopics.problems.name, evaluationTopics.control.name);
  const thresholds = config.levels.thresholds === 'quantiles' ? plainThresholds : config.levels.thresholds;
  const end = await runTopology({
    deadLetters,
    inHand,
    stopping,
    aborted,
    ...(observe && { observe }),
    run: config.run,
    transport,
    topology: evaluation({
      ...gradingOf(wiring, () => true),
      level: async () => ({ by: config.levels.by, thresholds }),
    }),
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
  const all: Judged[] = [];
  for await (const { record } of scan(transport, evaluationTopics.levelled)) {
    const { problem, grade, score } = record;
    byLevel[record.level]++;
    all.push({
      source: problem.source,
      rate: passRate(grade),
      isRight: grade.verdict === 'right',
      attempts: grade.attempts,
      truncated: grade.truncated,
      score,
    });
  }
  const unverifiable = await idsOn(transport, evaluationTopics.unverifiable);
  return {
    ...groupOf(all),
    right: all.filter((one) => one.isRight).length,
    byDataSet: groups(all, ({ source }) => source.dataset),
    bySubject: groups(all, ({ source }) => source.subject),
    bySourceLevel: groups(all, ({ source }) => source.level),
    unverifiable,
    unanswered: (await idsOn(transport, evaluationTopics.problems)) - all.length - unverifiable,
    levels: byLevel,
    quantiles: quintiles(all.flatMap(({ score }) => (score === null ? [] : [score]))),
  };
};

/** What is counted of a problem. */
interface Judged {
  readonly source: Problem['source'];
  readonly rate: number;
  readonly isRight: boolean;
  readonly attempts: number;
  readonly truncated: number;
  readonly score: number | null;
}

/** How many problems are on a topic, each once. */
const idsOn = async <T>(transport: Transport, topic: Pick<Topic<T>, 'name' | 'codec'>): Promise<number> => {
  const ids = new Set<string>();
  for await (const { stored } of scan(transport, topic)) ids.add(stored.key);
  return ids.size;
};

const groups = (all: readonly Judged[], nameOf: (one: Judged) => string | null): Record<string, Group> =>
  Object.fromEntries(
    [...Map.groupBy(all, nameOf)]
      .flatMap(([name, some]) => (name === null ? [] : [[name, groupOf(some)] as const]))
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  );

const groupOf = (some: readonly Judged[]): Group => {
  const rates = some.map(({ rate }) => rate);
  const attempts = some.reduce((sum, one) => sum + one.attempts, 0);
  return {
    problems: some.length,
    attempts,
    passAt1: mean(rates),
    interval: passInterval(rates, attempts / Math.max(1, some.length)),
    truncated: some.reduce((sum, one) => sum + one.truncated, 0),
  };
};
