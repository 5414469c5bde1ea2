import { ofParts, type Target, withoutParts } from '../../processors/sampling/target.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Transport } from '../../runtime/transport.ts';
import { frozenEvaluation } from '../evaluation/evaluated.ts';
import { checkDomains } from '../plan/domains.ts';
import { otherRunsWeights } from '../plan/other-run.ts';
import { checkSettings } from '../plan/stored-settings.ts';
import { configuredTarget } from '../plan/target.ts';
import { openRecorded } from '../recorded/open-recorded.ts';
import { isOneScorer, teachersOf } from '../settings/schema.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { openTransport } from '../store/open-transport.ts';
import { nameOf } from '../wiring/capabilities.ts';
import { openModels } from '../wiring/open-models.ts';
import { openVerifiers } from '../wiring/open-verifiers.ts';
import type { OwnModels } from '../wiring/own-models.ts';
import { keepUsage, type ModelsAtWork, usageBefore } from '../wiring/usage/usage-kept.ts';
import { askPilot, type PilotProgress } from './ask-pilot.ts';
import { choosePilot } from './choose-pilot.ts';
import { type Forecast, forecast } from './forecast.ts';
import { keepForecast } from './kept-forecast.ts';
import type { Ceilings, Pilot } from './runs.ts';

export interface PlanOptions {
  /** How many problems are asked about. */
  readonly pilot: number;
  readonly stopping: AbortSignal;
  /** Functions in place of endpoints. */
  readonly models?: OwnModels;
  readonly tell?: (message: string) => void;
  readonly began?: (asked: ModelsAtWork) => void;
  /** What the pilot's problems go through, in the words of an engine: each is its own offset. */
  readonly observe?: (event: RuntimeEvent) => void;
  readonly progress?: (asked: PilotProgress) => void;
}

/** A pilot larger than this learns no more that matters. */
export const DEFAULT_PILOT = 50;

/**
 * Asks about some of a run's problems and says what the whole run comes to. The answers lie in the journal, what they
 * cost counts against the run's budget, and the forecast is kept with the run: nothing else of it changes.
 */
export const planRun = async (settings: Settings, options: PlanOptions): Promise<Forecast> => {
  const transport = await openTransport(settings, { runner: true });
  try {
    await checkSettings(transport, settings.config, settings.secrets);
    return await planOver(settings, transport, options);
  } finally {
    await transport.close();
  }
};

const planOver = async (settings: Settings, transport: Transport, options: PlanOptions): Promise<Forecast> => {
  const { config } = settings;
  const evaluated = await frozenEvaluation(transport);
  const { thresholds: wanted, from } = config.levels;
  const ofEvaluation = wanted === 'quantiles' && from === 'evaluation';
  if ((config.target.distribution === 'evaluated' || ofEvaluation) && !evaluated)
    throw new SettingsError(
      'the target or the thresholds rest on the evaluation set: let the student answer it first with `sluice evaluate`',
    );
  const whole = configuredTarget(config, evaluated, await otherRunsWeights(settings));
  const target = withoutParts(whole);
  const thresholds = wanted !== 'quantiles' ? wanted : ofEvaluation ? (evaluated?.quantiles ?? null) : null;
  const recorded = (role: 'student' | 'teacher') =>
    openRecorded(role, settings, options.tell ?? (() => {}), options.stopping);
  const models = await openModels(asked(settings), transport, await usageBefore(transport), {
    own: options.models,
    recorded: { student: await recorded('student'), teacher: await recorded('teacher') },
  });
  const verifiers = openVerifiers(settings.domains, { ...settings, models });
  const kept = keepUsage(transport, models);
  options.stopping.addEventListener('abort', models.drain, { once: true });
  options.began?.({ models, usage: kept.ofRun });
  try {
    await checkDomains(settings, { verifiers, files: 'here' });
    const { problems, pilot } = await choosePilot(settings, transport, options.pilot);
    if (pilot.length === 0) throw new SettingsError('problems: there is none to plan for: name some under problems');
    const observed = await askPilot(pilot, {
      wiring: { settings, models, verifiers },
      thresholds,
      target,
      signal: options.stopping,
      now: () => performance.now(),
      progress: options.progress ?? (() => {}),
      observe: options.observe ?? (() => {}),
    });
    const parts = partsOf(whole);
    const found = { ...forecast({ ...surroundingsOf(settings), problems, target, observed }), ...(parts && { parts }) };
    await keepForecast(transport, config, found);
    return found;
  } finally {
    await kept.stop();
    await models.close();
    await verifiers.close();
  }
};

const partsOf = (target: Target): Forecast['parts'] =>
  target.parts &&
  Object.fromEntries(
    ofParts(target).map(({ queue, share, quota }) => [queue, { share, quota: target.records === null ? null : quota }]),
  );

/** Whoever waits for a pilot is asked at once, whatever the run does. */
const asked = (settings: Settings): Settings => {
  const { student, teacher } = settings.config;
  const atOnce = <Model extends object>(model: Model): Model => ({ ...model, batch: undefined });
  const teachers = Array.isArray(teacher) ? teacher.map(atOnce) : atOnce(teacher);
  return { ...settings, config: { ...settings.config, student: atOnce(student), teacher: teachers as typeof teacher } };
};

const surroundingsOf = ({ config }: Settings): Omit<Pilot, 'problems' | 'target' | 'observed'> => {
  const { student, scorer, budget, target, reference } = config;
  const teachers = teachersOf(config).map(([, one]) => one);
  const scorers = scorer === undefined ? [] : isOneScorer(scorer) ? [scorer] : Object.values(scorer);
  const scoring = scorers.flatMap((one) => (one && one.kind !== 'tests' ? [one] : []));
  const byName = new Map(scoring.map((one) => [nameOf(one), one]));
  const ceilings: Ceilings = {
    run: budget,
    grade: student.budget,
    score: scoring[0]?.budget,
    generate: teachers[0]?.budget,
  };
  return {
    rows: [
      { stage: 'grade', model: nameOf(student), concurrency: student.concurrency },
      ...(reference ? teachers.slice(0, 1) : []).map((one) => ({
        ...{ stage: 'grade' as const, model: nameOf(one), concurrency: one.concurrency },
      })),
      ...[...byName].map(([model, { concurrency }]) => ({ stage: 'score' as const, model, concurrency })),
      ...teachers.map((one) => ({ stage: 'generate' as const, model: nameOf(one), concurrency: one.concurrency })),
    ],
    inHand: 2 * Math.ceil(student.concurrency / student.attempts),
    ceilings,
    seed: target.seed,
  };
};
