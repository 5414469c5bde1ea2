import { resolve } from 'node:path';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../topologies/topics.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';

/**
 * Opens the transport that the configuration names and makes sure of its topics.
 * @param runner whether this process is to work on the run; otherwise it looks, ingests or steers
 */
export const openTransport = async (
  { config, folder }: LoadedConfig,
  { runner }: { runner: boolean },
): Promise<Transport> => {
  const { transport, run } = config;
  if (transport.kind === 'kafka') throw new UsageError('transport.kind: kafka is not there yet; use embedded');
  const opened = openEmbedded({ path: resolve(folder, transport.path), run, partitions: transport.partitions, runner });
  try {
    await opened.apply(topicSpecs);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
};
