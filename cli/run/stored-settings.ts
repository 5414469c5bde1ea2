import { hash } from 'node:crypto';
import type { Transport } from '../../runtime/transport.ts';
import { UsageError } from '../config/error.ts';
import type { Config } from '../config/schema.ts';

const KEY = 'config';

/** What shapes a run's results; the rest (speed, money, places, secrets) may change from one start to the next. */
const shaping = ({ student, teacher, scorer, levels, target, evaluation }: Config) => ({
  student: model(student),
  scorer: scorer && scorerShape(scorer),
  levels,
  target: { ...target, records: undefined },
  evaluation,
  teacher: model(teacher),
});

/**
 * Keeps the settings with the run, without secrets, and refuses a start whose settings would make other results under
 * the same name. Throws a UsageError with the differences.
 */
export const holdSettings = async (transport: Transport, config: Config, secrets: readonly string[]): Promise<void> => {
  const table = transport.table('settings');
  const now = withoutSecrets(JSON.stringify(shaping(config)), secrets);
  const stored = await table.get(KEY, KEY);
  const before = stored && Buffer.from(stored).toString();
  if (before === now) return;
  if (before) {
    const lines = [...differences(JSON.parse(before), JSON.parse(now), [])];
    throw new UsageError(
      `the run "${config.run}" was begun with other settings:\n${lines.join('\n')}\nset them back, or give this run another name: --set run=NAME`,
    );
  }
  await table.put(KEY, KEY, Buffer.from(now));
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
