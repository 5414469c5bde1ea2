import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../topologies/topics.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { makeFolder, whyNotWritable } from '../run/folders.ts';

/** How long commits are gathered into one transaction on Kafka: latency against the cost of a transaction. */
const COMMIT_MILLISECONDS = 100;

/**
 * Opens the transport that the configuration names and makes sure of its topics.
 * @param runner whether this process is to work on the run; otherwise it looks, ingests or steers
 */
export const openTransport = async (loaded: LoadedConfig, { runner }: { runner: boolean }): Promise<Transport> => {
  const opened = await open(loaded, runner);
  try {
    await opened.apply(topicSpecs);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
};

const open = async ({ config, folder, place }: LoadedConfig, runner: boolean): Promise<Transport> => {
  const { transport, run } = config;
  const path = resolve(folder, transport.path);
  const why = whyNotWritable(path);
  if (why !== null)
    throw new UsageError(`${place(['transport', 'path'])}: ${path} cannot be written (${why}): name another folder`);
  const { partitions } = transport;
  if (transport.kind === 'embedded') {
    makeFolder(path);
    return openEmbedded({ path, run, partitions, runner });
  }
  const certificate = (file: string): string => {
    try {
      return readFileSync(resolve(folder, file), 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(`${place(['transport', 'tls', 'ca'])}: ${file}: cannot be read (${code})`);
    }
  };
  const { openKafka } = await import('../../runtime/transports/kafka/open.ts');
  const { brokers, prefix, replicationFactor, instanceId, tls, sasl } = transport;
  return openKafka({
    brokers,
    prefix,
    run,
    partitions,
    localPath: path,
    commitMilliseconds: COMMIT_MILLISECONDS,
    ssl: typeof tls === 'object' ? { ...(tls.ca !== undefined && { ca: certificate(tls.ca) }) } : tls,
    ...(replicationFactor !== undefined && { replicationFactor }),
    ...(instanceId !== undefined && { instanceId }),
    ...(sasl !== undefined && { sasl }),
  });
};
