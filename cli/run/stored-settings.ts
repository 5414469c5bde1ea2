import { hash } from 'node:crypto';
import type { Transport } from '../../runtime/transport.ts';
import { UsageError } from '../config/error.ts';
import type { Config } from '../config/schema.ts';

const KEY = 'config';
const EVALUATION_KEY = 'evaluation-config';

/** What shapes a run's results; the rest (speed, money, places, secrets) may change from one start to the next. */
const shaping = ({ student, teacher, scorer, levels, target, evaluation, decontamination }: Config) => ({
  student: model(student),
  scorer: scorer && scorerShape(scorer),
  levels,
  target: { ...target, records: undefined },
  evaluation,
  teacher: model(teacher),
  decontamination: { drop: decontamination.drop },
});

/** What shapes what the student shows on the evaluation set. */
const shapingEvaluation = ({ student, scorer, levels, evaluation }: Config) => ({
  student: model(student),
  scorer: scorer && scorerShape(scorer),
  levels,
  evaluation,
});

/** Refuses settings that would make other results under the same name. Throws a UsageError with the differences. */
export const checkSettings = async (
  transport: Transport,
  config: Config,
  secrets: readonly string[],
): Promise<void> => {
  await refuseOthers(transport, KEY, `the run "${config.run}" was begun`, shaping(config), secrets);
};

/** The same, and keeps them with the run, without secrets: from now on others are refused. */
export const holdSettings = async (transport: Transport, config: Config, secrets: readonly string[]): Promise<void> => {
  await hold(transport, KEY, `the run "${config.run}" was begun`, shaping(config), secrets);
};

/** The same for the evaluation, which may be made before the run begins. */
export const holdEvaluation = async (
  transport: Transport,
  config: Config,
  secrets: readonly string[],
): Promise<void> => {
  const what = `the evaluation of the run "${config.run}" was made`;
  await hold(transport, EVALUATION_KEY, what, shapingEvaluation(config), secrets);
};

const hold = async (...held: Parameters<typeof refuseOthers>): Promise<void> => {
  const [transport, key] = held;
  const { before, now } = await refuseOthers(...held);
  if (before === undefined) await transport.table('settings').put(key, key, Buffer.from(now));
};

const refuseOthers = async (
  transport: Transport,
  key: string,
  what: string,
  shape: object,
  secrets: readonly string[],
): Promise<{ readonly before: string | undefined; readonly now: string }> => {
  const now = withoutSecrets(JSON.stringify(shape), secrets);
  const stored = await transport.table('settings').get(key, key);
  const before = stored && Buffer.from(stored).toString();
  const lines = before === undefined ? [] : [...differences(JSON.parse(before), JSON.parse(now), [])];
  if (lines.length === 0) return { before, now };
  throw new UsageError(
    `${what} with other settings:\n${lines.join('\n')}\nset them back, or give this run another name: --set run=NAME`,
  );
};

/** The settings that were kept with the run; empty where it has not begun. */
export const storedSettings = async (transport: Transport): Promise<Record<string, unknown>> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored ? JSON.parse(Buffer.from(stored).toString()) : {};
};

/** A secret that shapes answers is kept as a hash: another one is seen as such, itself it is not. */
const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((all, secret) => all.replaceAll(JSON.stringify(secret), `"${hash('sha256', secret)}"`), text);

/** Where a model is, how fast and how dear shapes no answer. */
const places = ['apiKey', 'baseUrl', 'concurrency', 'idleTimeoutSeconds', 'price', 'budget'];
const model = (settings: object): object =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => !places.includes(key)));

const scorerShape = (scorer: NonNullable<Config['scorer']>): unknown =>
  'kind' in scorer
    ? model(scorer)
    : Object.fromEntries(Object.entries(scorer).map(([domain, one]) => [domain, one && model(one)]));

function* differences(before: unknown, now: unknown, path: readonly string[]): Generator<string> {
  if (isRecord(before) && isRecord(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      yield* differences(before[key], now[key], [...path, key]);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(now)) {
    yield `  ${path.join('.')}: was ${JSON.stringify(before) ?? 'not set'}, is now ${JSON.stringify(now) ?? 'not set'}`;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
