import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TransportError } from '../../runtime/errors.ts';
import type { Transport } from '../../runtime/transport.ts';
import { damageIn, openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../topologies/topics.ts';
import { guardedTransport } from '../schemas/guarded-transport.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { maskedTransport } from './masked-transport.ts';
import type { OpenHow } from './open-how.ts';
import { openConfigured } from './open-transport.ts';

/**
 * Opens a run's store to look at it, while another process may work on it: makes no topic and takes no lock. Throws a
 * SettingsError where there is no such store or no such run in it.
 */
export const attach = async (settings: Settings, how: OpenHow = { runner: false }): Promise<Transport> => {
  const opened = await open(settings, how);
  try {
    await opened.check(topicSpecs);
    return opened;
  } catch (error) {
    await opened.close();
    if (!(error instanceof TransportError) || error.code !== 'topic-missing') throw error;
    throw new SettingsError(
      `the run "${settings.config.run}" is not ${placeOf(settings)}: name another with --set run=NAME, or start it with \`sluice run\``,
    );
  }
};

/** What a full look finds wrong in the store's file, a line each; nothing where it is whole, not there, or on a broker. */
export const damageOf = ({ config: { transport }, folder }: Settings): string[] =>
  transport.kind === 'embedded' ? damageIn(resolve(folder, transport.path)) : [];

const open = async (settings: Settings, how: OpenHow): Promise<Transport> => {
  const { transport, run } = settings.config;
  if (transport.kind !== 'embedded') return openConfigured(settings, how);
  const path = resolve(settings.folder, transport.path);
  if (!existsSync(join(path, 'sluice.db')))
    throw new SettingsError(`${path}: holds no store yet; \`sluice run\` or \`sluice ingest\` makes one`);
  const { partitions } = transport;
  return guardedTransport(maskedTransport(openEmbedded({ path, run, partitions, runner: false }), settings.secrets));
};

export const placeOf = ({ config: { transport } }: Settings): string =>
  transport.kind === 'embedded'
    ? `in the store ${transport.path}`
    : `on ${transport.brokers.join(', ')} under the prefix "${transport.prefix}"`;
