import { modelMetadata } from '../../llm/ask/probe.ts';
import { serversOf } from '../../llm/settings.ts';
import type { Transport } from '../../runtime/transport.ts';
import { isServed, teachersOf } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';

/** A server that says nothing for so long is not waited for. */
const PATIENCE_MILLISECONDS = 5000;

/** Looks while others work; resolves when it was told, or the servers' time is over. Functions have no weights. */
export const tellOfWeights = async (
  settings: Settings,
  transport: Transport,
  { roles, models, tell = () => {} }: Looking,
): Promise<void> => {
  if (models) return;
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const changed = await changedWeights(settings, transport, roles, signal).catch(() => []);
  for (const one of changed) tell(one);
};

interface Looking {
  readonly roles: readonly ('student' | 'teacher')[];
  readonly models?: object | undefined;
  readonly tell?: ((message: string) => void) | undefined;
}

/**
 * Asks the servers of student and teachers what they say about their models (`/models`, where it says anything), and
 * says of each, in a sentence, whose weights or settings are others than when it was last looked at under the same name
 * and revision, by whichever run. Nothing is answered there, and a server that is away is no fault.
 */
export const changedWeights = async (
  { config, secrets }: Pick<Settings, 'config' | 'secrets'>,
  transport: Transport,
  roles: readonly unknown[],
  signal: AbortSignal,
): Promise<string[]> => {
  const known = transport.table('files');
  const all = [[['student'] as PropertyKey[], config.student] as const, ...teachersOf(config)];
  const changed = all.flatMap(([path, one]) =>
    !isServed(one) || !roles.includes(path[0])
      ? []
      : serversOf({ ...one, secrets }).map(async (server) => {
          const metadata = await modelMetadata(server, signal);
          if (metadata === null) return null;
          const key = `weights/${server.baseUrl} ${one.model} ${one.revision}`;
          const before = await known.get(key, key);
          if (before && Buffer.from(before).toString() === metadata) return null;
          await known.put(key, key, Buffer.from(metadata));
          return before ? sentence(path.join('.'), one.model, server.baseUrl) : null;
        }),
  );
  return (await Promise.all(changed)).filter((one) => one !== null);
};

const sentence = (role: string, model: string, baseUrl: string): string =>
  `${role}: ${baseUrl} says something else about ${model} than when it was last looked at: if its weights are others, stop, and give ${role}.revision another value, or answers of both get mixed under one name`;
