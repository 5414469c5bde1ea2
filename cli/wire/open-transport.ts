import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../topologies/topics.ts';
import type { LoadedConfig } from '../config/load.ts';

interface OpenOptions {
  /** Whether this process is to work on the run; otherwise it looks, ingests or steers. */
  readonly runner: boolean;
  /** Takes what the user should know of: the brokers do not answer. */
  readonly tell?: ((message: string) => void) | undefined;
}

/** How long commits are gathered into one transaction on Kafka: latency against the cost of a transaction. */
const COMMIT_MILLISECONDS = 100;

/**
 * Opens the transport that the configuration names and makes sure of its topics.
 */
export const openTransport = async (
  { config, folder }: LoadedConfig,
  { runner, tell }: OpenOptions,
): Promise<Transport> => {
  const opened = await open(config, folder, runner, tell);
  try {
    await opened.apply(topicSpecs);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
};

const open = async (
  { transport, run }: LoadedConfig['config'],
  folder: string,
  runner: boolean,
  tell: OpenOptions['tell'] = () => {},
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
    log: (level, message) => level === 'warn' && tell(message),
    // What works on a run outlasts any outage; who looks wants an answer.
    ...(runner && { readMilliseconds: Number.POSITIVE_INFINITY }),
    ssl:
      typeof tls === 'object'
        ? { ...(tls.ca !== undefined && { ca: readFileSync(resolve(folder, tls.ca), 'utf8') }) }
        : tls,
    ...(replicationFactor !== undefined && { replicationFactor }),
    ...(instanceId !== undefined && { instanceId }),
    ...(sasl !== undefined && { sasl }),
  });
};
