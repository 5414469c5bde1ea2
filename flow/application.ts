import type { Manifest } from '../datasets/out/shards/manifest.ts';
import type { Domain } from '../domains/port.ts';
import { domainsOf } from '../domains/registry.ts';
import type { RuntimeEvent } from '../runtime/events.ts';
import type { Transport } from '../runtime/transport.ts';
import type { Problem } from '../schemas/types.ts';
import type { Judgement } from '../verifiers/port.ts';
import type { Evaluated } from './evaluation/evaluated.ts';
import type { Forecast } from './forecast/forecast.ts';
import { DEFAULT_PILOT, planRun } from './forecast/plan.ts';
import { checkSources } from './intake/check-sources.ts';
import { type ExportWish, exportRun } from './outputs/export-dataset.ts';
import type { Report } from './outputs/report.ts';
import { evaluateRun } from './run/evaluate.ts';
import { run as runSettings } from './run/run.ts';
import { statusReader } from './run/run-status.ts';
import { parseDomains, settingsOf } from './settings/parse.ts';
import type { SettingsInput } from './settings/schema.ts';
import { type Settings, SettingsError } from './settings/settings.ts';
import { type Trail, trailOf } from './status/problems/trail.ts';
import type { Status } from './status/status.ts';
import { attach } from './store/attach.ts';
import { openTransport } from './store/open-transport.ts';
import { openVerifiers, referenceOf } from './wiring/open-verifiers.ts';
import type { OwnModels } from './wiring/own-models.ts';

/** The settings of `sluice.yaml` as a program writes them; a model that is a function of its own needs no endpoint. */
export type RunSettings = Omit<SettingsInput, 'student' | 'teacher'> & {
  readonly student?: Partial<SettingsInput['student']>;
  readonly teacher?: Partial<SettingsInput['teacher']>;
};

/** What a program brings of its own. */
export interface Own {
  /** Beside maths, code, choice and those that the settings say. */
  readonly domains?: readonly Domain[];
  readonly models?: OwnModels;
  /** What relative paths are relative to. Default: the working folder. */
  readonly folder?: string;
}

export interface Watched extends Own {
  /** Hears what the stages do. */
  readonly observe?: (event: RuntimeEvent) => void;
  /** Aborted: what is in flight is finished, and the same call goes on where this one stopped. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the flow, or goes on with it, until the target is met or the input is drained; writes `output.dir` and gives the
 * report. Rejects with a SettingsError where the settings cannot be meant, before anything is asked for.
 */
export const run = async (settings: RunSettings, { observe, signal, ...own }: Watched = {}): Promise<Report> => {
  const parsed = settingsWith(settings, own);
  await checkSources(parsed, false);
  return runSettings(parsed, {
    stopping: signal ?? never(),
    aborted: never(),
    ingest: true,
    ...(own.models && { models: own.models }),
    ...(observe && { observe }),
  });
};

/**
 * Asks about some of the problems (default 50), whose answers the run uses, and says what the whole run comes to: calls,
 * tokens, money and time with intervals, levels that will be short, and what the budget allows.
 */
export const plan = async (
  settings: RunSettings,
  { pilot = DEFAULT_PILOT, signal, ...own }: Own & { readonly pilot?: number; readonly signal?: AbortSignal } = {},
): Promise<Forecast> => {
  const parsed = settingsWith(settings, own);
  await checkSources(parsed, false);
  return planRun(parsed, { pilot, stopping: signal ?? never(), ...(own.models && { models: own.models }) });
};

/** The student on the evaluation set: accuracy with an interval, and P_eval, frozen with the run. */
export const evaluate = async (
  settings: RunSettings,
  { observe, signal, ...own }: Watched = {},
): Promise<Evaluated | 'stopped'> => {
  const parsed = settingsWith(settings, own);
  if (parsed.config.evaluation.length === 0) throw new SettingsError('evaluation: names no evaluation set');
  await checkSources(parsed, false);
  const transport = await openTransport(parsed, { runner: true });
  try {
    const found = await evaluateRun(parsed, transport, {
      stopping: signal ?? never(),
      aborted: never(),
      ...(own.models && { models: own.models }),
      ...(observe && { observe }),
    });
    return 'evaluated' in found ? found.evaluated : 'stopped';
  } finally {
    await transport.close();
  }
};

/** Where every record of a run is now; reads only, also while another process works on it. */
export const status = (settings: RunSettings, own: Own = {}): Promise<Status> =>
  statusOfRun(settingsWith(settings, own));

/** The same of settings that are parsed. */
export const statusOfRun = (settings: Settings): Promise<Status> =>
  looking(settings, async (transport) => (await statusReader(settings, transport))());

/** One problem's whole way through a run; null where the store does not know the id. */
export const inspect = (settings: RunSettings, id: string, own: Own = {}): Promise<Trail | null> => {
  const parsed = settingsWith(settings, own);
  return looking(parsed, (transport) => trailOf(transport, parsed.config.run, id));
};

/** Writes the records of a run as files that a trainer takes as they are. */
export const exportDataset = (settings: RunSettings, wish: ExportWish, own: Own = {}): Promise<Manifest> => {
  const parsed = settingsWith(settings, own);
  return looking(parsed, (transport) => exportRun(parsed, wish, transport));
};

/** Judges responses as a run would; `close` ends what the verifiers have started. */
export const verify = ({ domains: said = {} }: Pick<RunSettings, 'domains'> = {}, own: Omit<Own, 'models'> = {}) => {
  const domains = domainsOf(parseDomains(said), own.domains);
  const verifiers = openVerifiers(domains, { folder: own.folder ?? '.' });
  const reference = referenceOf(domains);
  return {
    judge: (problem: Problem, response: string, signal: AbortSignal = never()): Promise<Judgement> =>
      verifiers.verify({ reference: reference(problem), response }, signal),
    close: verifiers.close,
  };
};

const looking = async <T>(settings: Settings, look: (transport: Transport) => Promise<T>): Promise<T> => {
  const transport = await attach(settings);
  try {
    return await look(transport);
  } finally {
    await transport.close();
  }
};

const never = (): AbortSignal => new AbortController().signal;

/** Nobody listens there: a function of the program answers in its place. */
const OWN = 'http://own-function.invalid';

const settingsWith = (settings: RunSettings, { domains, models, folder }: Own): Settings => {
  const standIn = (role: 'student' | 'teacher') => ({
    ...(models?.[role] ? { baseUrl: OWN, model: `own-${role}` } : {}),
    ...settings[role],
  });
  const input = {
    ...settings,
    student: standIn('student'),
    teacher: standIn('teacher'),
    ...(models?.scorer && !settings.scorer && { scorer: { kind: 'judge', baseUrl: OWN, model: 'own-scorer' } }),
  };
  return settingsOf(input as SettingsInput, { ...(folder !== undefined && { folder }), ...(domains && { domains }) });
};
