import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../topologies/topics.ts';
import type { LoadedConfig } from '../config/load.ts';

/** How long somebody at a terminal waits for a broker; who works on a run has the patience of the transport. */
const LOOK_MILLISECONDS = 5_000;

/** How long commits are gathered into one transaction on Kafka: latency against the cost of a transaction. */
const COMMIT_MILLISECONDS = 100;

/**
 * Opens the transport that the configuration names and makes sure of its topics.
 * @param runner whether this process is to work on the run; otherwise it looks, ingests or steers
 */
export const openTransport = async (loaded: LoadedConfig, how: { runner: boolean }): Promise<Transport> => {
  const opened = await openConfigured(loaded, how);
  try {
    await opened.apply(topicSpecs);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
};

/** Opens it as it is: topics are neither made nor compared. */
export const openConfigured = async (
  { config: { transport, run }, folder }: LoadedConfig,
  { runner }: { runner: boolean },
): Promise<Transport> => {
  const path = resolve(folder, transport.path);
  const { partitions } = transport;
  if (transport.kind === 'embedded') return openEmbedded({ path, run, partitions, runner });
  const { openKafka } = await import('../../runtime/transports/kafka/open.ts');
  const { brokers, prefix, replicationFactor, instanceId, tls, sasl } = transport;
  return openKafka({
    brokers,
    prefix,
    run,
    partitions,
    localPath: path,
    commitMilliseconds: COMMIT_MILLISECONDS,
    ...(!runner && { connectMilliseconds: LOOK_MILLISECONDS }),
    ssl:
      typeof tls === 'object'
        ? { ...(tls.ca !== undefined && { ca: readFileSync(resolve(folder, tls.ca), 'utf8') }) }
        : tls,
    ...(replicationFactor !== undefined && { replicationFactor }),
    ...(instanceId !== undefined && { instanceId }),
    ...(sasl !== undefined && { sasl }),
  });
};
