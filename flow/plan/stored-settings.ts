import { hash } from 'node:crypto';
import type { Transport } from '../../runtime/transport.ts';
import type { Config } from '../settings/schema.ts';
import { SettingsError } from '../settings/settings.ts';
import { shaping, shapingEvaluation } from '../settings/shaping.ts';

const KEY = 'config';
const EVALUATION_KEY = 'evaluation-config';

/** Refuses settings that would make other results under the same name. Throws a SettingsError with the differences. */
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
  throw new SettingsError(
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
