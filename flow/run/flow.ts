import { resolve } from 'node:path';
import { atOnceOf } from '../../llm/settings.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';
import { type RunSettings, runTopology } from '../../runtime/run.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import { adaptiveCot } from '../../topologies/adaptive-cot.ts';
import { controlWords } from '../../topologies/control-words.ts';
import { topics } from '../../topologies/topics.ts';
import { type Evaluated, evaluate, frozenEvaluation } from '../evaluation/evaluated.ts';
import { ownThresholds } from '../evaluation/own-thresholds.ts';
import { forecastLine } from '../forecast/kept-forecast.ts';
import type { Accepts } from '../intake/data-sets.ts';
import { followFiles } from '../outputs/output-files.ts';
import type { FlowEnd } from '../outputs/report.ts';
import { type Acceptance, acceptanceIsKept, keepAcceptance, keptAcceptance } from '../plan/acceptance.ts';
import { otherRunsWeights } from '../plan/other-run.ts';
import { unreachableSentence } from '../plan/reachable-levels.ts';
import { holdEvaluation, holdSettings } from '../plan/stored-settings.ts';
import { configuredTarget, resumeTarget } from '../plan/target.ts';
import { afterFirstAnswers, beforeVotes } from '../quality/first-answers.ts';
import { tellOfMissingReasoning } from '../quality/missing-reasoning.ts';
import { isOneScorer, teachersOf } from '../settings/schema.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { capabilitiesOf, nameOf, type Thresholds, type Wiring } from '../wiring/capabilities.ts';
import { type EndOfMoney, watchMoney } from '../wiring/end-of-money.ts';
import type { TeacherModel } from '../wiring/open-models.ts';
import { fillProblems, openProblems, sealProblems } from './fill.ts';

export interface FlowOptions {
  readonly stopping: AbortSignal;
  readonly aborted: AbortSignal;
  /** Read by this process, taken as they are (a replay), or read by another process. */
  readonly problems: 'ingest' | 'as-they-are' | 'elsewhere';
  /** Whether this process does the stage; `export` is one too. */
  readonly does: (stage: string) => boolean;
  readonly stages?: readonly string[] | undefined;
  readonly follow: boolean;
  /** At most so many problems, of all data sets together; null: as many as there are. */
  readonly limit: number | null;
  /** Goes on although the student's first answers look wrong. */
  readonly confirmed: boolean;
  readonly observe: (event: RuntimeEvent) => void;
  readonly tell: (message: string) => void;
  readonly began: (accepts: Accepts) => void;
}

/** Puts the parts together and lets them run to their end; the topics hold what came of it. */
export const flow = async (
  settings: Settings,
  transport: Transport,
  given: Wiring,
  options: FlowOptions,
): Promise<{ end: FlowEnd; acceptance: Acceptance }> => {
  const { config, folder } = settings;
  const failing = new AbortController();
  const money = watchMoney(given.models);
  const wiring = { ...given, models: money.models, judging: money.leavingOpen(given.verifiers.verify) };
  if (options.follow && config.levels.thresholds === 'quantiles' && config.levels.from === 'run')
    throw new SettingsError(
      'levels.from: run waits until all is graded, which --follow never does: take levels.from: evaluation, or four thresholds',
    );
  const engine = engineOf(settings, transport, options, failing.signal, money.signal);
  if (options.problems !== 'elsewhere') {
    const reads = options.problems === 'ingest' && !options.follow;
    await keepAcceptance(settings, transport, { ...options, reads });
  }
  const mayRead = !options.does('grade') || (await acceptanceIsKept(transport, engine.stopping));
  const acceptance = await keptAcceptance(settings, transport);
  const { accepts } = acceptance;
  options.began(accepts);
  if (acceptance.corrections > 0) options.tell(correctedSince(acceptance.corrections, config.run));
  const expected = options.problems === 'elsewhere' ? null : await forecastLine(transport, config);
  if (expected !== null) options.tell(expected);
  const never = unreachableSentence(config);
  if (never !== null) options.tell(never);
  const ended = (end: 'complete' | 'stopped') => ({
    end: money.signal.aborted ? endedByMoney(money, options) : end,
    acceptance,
  });
  if (!mayRead) return ended('stopped');
  const otherRuns = await otherRunsWeights(settings);
  if (isEvaluated(config)) await holdEvaluation(transport, config, settings.secrets);
  // Nothing is left that could be refused: from here on the run has begun.
  await holdSettings(transport, config, settings.secrets);
  const evaluated = await evaluation(settings, transport, wiring, engine, options);
  if (evaluated === 'stopped') return ended('stopped');
  const { from } = config.levels;
  const thresholds =
    config.levels.thresholds === 'quantiles' && from === 'run'
      ? ownThresholds(transport, engine.stopping)
      : fixedThresholds(settings, evaluated);
  if (options.does('sample')) {
    await resumeTarget(transport, configuredTarget(config, evaluated, otherRuns));
  }
  if (options.problems === 'ingest') await openProblems(transport);
  if (options.problems === 'as-they-are') await sealProblems(transport);
  const { stopping: signal } = engine;
  const filling =
    options.problems === 'ingest'
      ? fillProblems(settings, { transport, acceptance, signal, follow: options.follow, tell: options.tell })
      : Promise.resolve();
  filling.catch((error) => failing.abort(error));
  const writing = new AbortController();
  const out = resolve(folder, config.output.dir);
  const files = options.does('export') ? followFiles(transport, config.run, out, writing.signal) : Promise.resolve();
  files.catch((error) => failing.abort(error));
  try {
    const first = { transport, waits: !options.follow, stopping: engine.stopping };
    const looked = options.confirmed ? null : afterFirstAnswers(first);
    const teachers = teachersOf(config).map(([, teacher], index) => {
      const one = wiring.models.teachers[index] as TeacherModel;
      const told = tellOfMissingReasoning({ name: nameOf(teacher), reasoning: teacher.reasoning }, options.tell);
      const watched = one.teacher && told(one.teacher);
      return { ...one, teacher: looked && watched ? looked(watched) : watched };
    });
    const models = { ...(options.confirmed ? wiring.models : overVotes(wiring.models)), teachers };
    const capabilities = capabilitiesOf({ ...wiring, models }, accepts, thresholds);
    const topology = adaptiveCot(capabilities);
    const control = { topic: topics.control.name, codec: controlWords };
    const end = await runTopology({ ...engine, topology, control, follow: options.follow });
    await filling;
    return ended(end);
  } catch (error) {
    failing.abort(error);
    await filling.catch(() => {});
    throw error;
  } finally {
    writing.abort();
    await files;
  }
};

/** Whoever votes is asked after the student: its first answers may already say that something is wrong. */
const overVotes = (models: Wiring['models']): Wiring['models'] => {
  const first = beforeVotes();
  return {
    ...models,
    student: models.student && first.student(models.student),
    voter: models.voter && first.voter(models.voter),
  };
};

const endedByMoney = ({ signal }: EndOfMoney, { tell }: FlowOptions): 'budget' => {
  tell((signal.reason as Error).message);
  return 'budget';
};

const correctedSince = (count: number, run: string): string =>
  `${count} ${count === 1 ? 'problem was' : 'problems were'} corrected or withdrawn since the run "${run}" began, which keeps them as they were: \`sluice replay --run NAME\` makes its set anew, and pays only for what changed`;

type Engine = Omit<RunSettings, 'topology' | 'control'>;

const engineOf = (
  { config }: Settings,
  transport: Transport,
  options: FlowOptions,
  failing: AbortSignal,
  money: AbortSignal,
): Engine => ({
  run: config.run,
  transport,
  deadLetters: {
    topic: topics.deadLetters.name,
    encode: (letter) => codecs.deadLetter.encode({ run: config.run, origin: null, ...letter }),
  },
  inHand: inHandOf(config),
  stopping: AbortSignal.any([options.stopping, failing, money]),
  aborted: AbortSignal.any([options.aborted, failing]),
  observe: options.observe,
  ...(options.stages && { stages: options.stages }),
});

const isEvaluated = ({ target, levels }: Settings['config']): boolean =>
  target.distribution === 'evaluated' || (levels.thresholds === 'quantiles' && levels.from === 'evaluation');

/** P_eval, where the target or the thresholds ask for it: as it was frozen, else made now. */
const evaluation = async (
  settings: Settings,
  transport: Transport,
  wiring: Wiring,
  engine: Engine,
  { problems }: FlowOptions,
): Promise<Evaluated | 'stopped' | undefined> => {
  if (!isEvaluated(settings.config)) return undefined;
  for (;;) {
    const frozen = await frozenEvaluation(transport);
    if (frozen) return frozen;
    // The process that ingests lets the student answer the evaluation set; the others wait for what it finds.
    if (problems !== 'elsewhere') return evaluate(settings, transport, wiring, engine);
    if (engine.stopping.aborted) return 'stopped';
    await transport.grown(['settings'], 1000, engine.stopping);
  }
};

const fixedThresholds = ({ config }: Settings, evaluated: Evaluated | undefined): (() => Promise<Thresholds>) => {
  const { thresholds } = config.levels;
  const fixed = thresholds === 'quantiles' ? evaluated?.quantiles : thresholds;
  if (fixed) return async () => fixed;
  throw new SettingsError(
    'levels.thresholds: quantiles: the wrong answers to the evaluation set have fewer than five different scores; ' +
      'add problems to the evaluation set, or give four thresholds',
  );
};

/**
 * Twice what an endpoint takes, so that it never waits for a commit; of a batch API what may be open there, for that many
 * wait for hours. Plain steps are quick.
 */
const inHandOf = (config: Settings['config']) => {
  const { student, scorer } = config;
  const scorers = scorer === undefined ? [] : isOneScorer(scorer) ? [scorer] : Object.values(scorer);
  const scoring = Math.max(16, ...scorers.map((one) => (one && one.kind !== 'tests' ? atOnceOf(one) : 16)));
  const asking = (one: typeof student | ReturnType<typeof teachersOf>[number][1], each: number): number =>
    one.batch ? Math.max(1, Math.floor(one.batch.open / each)) : 2 * Math.ceil(atOnceOf(one) / each);
  const grading = asking(student, student.attempts);
  const limits: Record<string, number> = {
    grade: grading,
    'evaluate-grade': grading,
    score: 2 * scoring,
    'evaluate-score': 2 * scoring,
    generate: teachersOf(config).reduce((sum, [, one]) => sum + asking(one, one.race), 0),
  };
  return (stage: string): number => limits[stage] ?? 256;
};
