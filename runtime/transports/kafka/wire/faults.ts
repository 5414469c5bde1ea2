import { TransportError } from '../../../errors.ts';
import { errorCodes } from './kafkajs.ts';

/** A broker's refusal. `type` is Kafka's own name of the error code. */
export class BrokerFault extends Error {
  override readonly name = 'BrokerFault';
  readonly type: string;

  constructor(code: number, request: string) {
    const known = errorCodes.find((error) => error.code === code);
    const type = newer[code] ?? known?.type ?? `ERROR_${code}`;
    super(`${request}: ${type}${known === undefined ? '' : ` (${known.message})`}`);
    this.type = type;
  }
}

/** Throws where the code is not success. */
export const check = (code: number, request: string): void => {
  if (code !== 0) throw new BrokerFault(code, request);
};

/** Kafka's name of the error, from our codecs and from kafkajs's alike; also of one that was put into words. */
export const faultType = (error: unknown): string => {
  if (error instanceof TransportError) return error.code === 'broker-refused' ? faultType(error.cause) : '';
  const type = (error as { type?: unknown } | null)?.type;
  if (type === 'KAFKAJS_UNKNOWN_ERROR_CODE') return newerByMessage((error as Error).message);
  return typeof type === 'string' ? type : '';
};

/** The connection broke, timed out or could not be made: whether the request took effect is unknown. */
export const isDisconnect = (error: unknown): boolean => disconnects.has((error as Error | null)?.name ?? '');

/** It may go well when tried again after the metadata were refreshed. */
export const isTransient = (error: unknown): boolean => isDisconnect(error) || transient.has(faultType(error));

export const isMissingTopic = (error: unknown): boolean =>
  faultType(error) === 'UNKNOWN_TOPIC_OR_PARTITION' || (error as { code?: unknown } | null)?.code === 'topic-missing';

/** The error for a caller: clear words where the broker refuses for good, the error itself otherwise. */
export const asTransportError = (error: unknown, what: string): Error => {
  if (error instanceof TransportError) return error;
  const { name } = error as Error;
  const message = withoutPrefix((error as Error).message, `${what}: `);
  if (name === 'KafkaJSSASLAuthenticationError' || faultType(error).includes('AUTHENTICATION_FAILED')) {
    return new TransportError('broker-refused', `${what}: wrong user or password (${message})`, { cause: error });
  }
  if (faultType(error).endsWith('AUTHORIZATION_FAILED')) {
    const advice = 'the user lacks a right; see the list of ACLs in docs/kafka.md';
    return new TransportError('broker-refused', `${what}: ${advice} (${message})`, { cause: error });
  }
  if (faultType(error) === 'INVALID_TIMESTAMP') {
    const advice = 'this machine’s clock is too far from the broker’s; set it right, and start again';
    return new TransportError('broker-refused', `${what}: ${advice} (${message})`, { cause: error });
  }
  if (['INVALID_CONFIG', 'POLICY_VIOLATION'].includes(faultType(error))) {
    const advice = 'where they allow messages of fewer bytes, transport.maxMessageBytes says so';
    return new TransportError('broker-refused', `${what}: the brokers refuse the settings; ${advice} (${message})`, {
      cause: error,
    });
  }
  if (isMissingTopic(error)) {
    return new TransportError('topic-missing', `${what}: the topic is not there; run \`sluice topics apply\``, {
      cause: error,
    });
  }
  if (isTransient(error)) return new TransportError('broker-unreachable', `${what}: ${message}`, { cause: error });
  // Whatever else a broker answers is its word, not a fault of ours: a sentence, and no stack.
  const type = faultType(error);
  if (type === '') return error as Error;
  const named = message.includes(type) ? message : `${message} (${type})`;
  return new TransportError('broker-refused', `${what}: ${named}`, { cause: error });
};

/** A fault of ours says already what was asked. */
const withoutPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : text;

const newer: Readonly<Record<number, string>> = {
  89: 'THROTTLING_QUOTA_EXCEEDED',
  90: 'PRODUCER_FENCED',
  97: 'PRINCIPAL_DESERIALIZATION_FAILURE',
  100: 'UNKNOWN_TOPIC_ID',
  103: 'INCONSISTENT_TOPIC_ID',
  105: 'TRANSACTIONAL_ID_NOT_FOUND',
  120: 'TRANSACTION_ABORTABLE',
};

const newerByMessage = (message: string): string => {
  const code = Number(/\d{1,5}$/.exec(message)?.[0]);
  return newer[code] ?? `ERROR_${code}`;
};

const disconnects: ReadonlySet<string> = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'Unreachable',
]);

const transient: ReadonlySet<string> = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'REQUEST_TIMED_OUT',
  'NETWORK_EXCEPTION',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'NOT_CONTROLLER',
  'KAFKA_STORAGE_ERROR',
  'UNSTABLE_OFFSET_COMMIT',
  'CONCURRENT_TRANSACTIONS',
  'OFFSET_NOT_AVAILABLE',
  'PREFERRED_LEADER_NOT_AVAILABLE',
  'THROTTLING_QUOTA_EXCEEDED',
  'UNKNOWN',
]);
