import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KafkaSettings } from '../../runtime/transports/kafka/settings.ts';
import type { Config } from '../settings/schema.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { bearerToken } from './bearer-token.ts';
import type { OpenHow } from './open-how.ts';

/** How long somebody at a terminal waits for a broker; who works on a run has the patience of the transport. */
const LOOK_MILLISECONDS = 5_000;

/** How long commits are gathered into one transaction on Kafka: latency against the cost of a transaction. */
const COMMIT_MILLISECONDS = 100;

export type KafkaConfig = Extract<Config['transport'], { kind: 'kafka' }>;

/** What the transport is to know of the configuration. Reads certificates: throws a SettingsError where it cannot. */
export const kafkaSettings = (
  settings: Settings,
  transport: KafkaConfig,
  { runner, wait, signal, stages, observe, log }: OpenHow,
): KafkaSettings => {
  const { brokers, prefix, partitions, replicationFactor, maxMessageBytes, instanceId, sasl } = transport;
  return {
    brokers,
    prefix,
    run: settings.config.run,
    partitions,
    localPath: resolve(settings.folder, transport.path),
    commitMilliseconds: COMMIT_MILLISECONDS,
    // What works on a run outlasts any outage; who looks wants an answer.
    ...(runner ? { readMilliseconds: Number.POSITIVE_INFINITY } : { connectMilliseconds: LOOK_MILLISECONDS }),
    ...(wait && { connectMilliseconds: Number.POSITIVE_INFINITY }),
    ...(signal && { connectSignal: signal }),
    ssl: tlsOf(settings, transport),
    ...(stages && { purpose: stages.join('+') }),
    ...(log && { log }),
    ...(observe && {
      rebalanced: (stage, generation, tasks) => observe({ kind: 'rebalanced', stage, generation, tasks }),
      throttled: (milliseconds) => observe({ kind: 'throttled', milliseconds }),
      aborted: () => observe({ kind: 'aborted' }),
    }),
    ...(replicationFactor !== undefined && { replicationFactor }),
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    ...(instanceId !== undefined && { instanceId }),
    ...(sasl !== undefined && {
      sasl: sasl.mechanism === 'oauthbearer' ? { mechanism: sasl.mechanism, token: bearerToken(sasl) } : sasl,
    }),
  };
};

const tlsOf = ({ folder, place }: Settings, { tls }: KafkaConfig): NonNullable<KafkaSettings['ssl']> => {
  if (typeof tls !== 'object') return tls;
  const read = (name: 'ca' | 'cert' | 'key') => {
    const file = tls[name];
    if (file === undefined) return {};
    try {
      return { [name]: readFileSync(resolve(folder, file), 'utf8') };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new SettingsError(`${place(['transport', 'tls', name])}: ${file}: cannot be read (${code})`);
    }
  };
  return { ...read('ca'), ...read('cert'), ...read('key') };
};
