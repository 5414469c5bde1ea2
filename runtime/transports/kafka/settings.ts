import type { ConnectionOptions as TlsOptions } from 'node:tls';

export interface KafkaSettings {
  /** `host:port` of some brokers of the cluster; the others are found through them. */
  readonly brokers: readonly string[];
  /** Topics are named `<prefix>.<run>.<name>`, shared ones `<prefix>.<name>`. */
  readonly prefix: string;
  readonly run: string;
  /** What the process is for: the end of its client id, by which brokers tell their clients apart (quotas, logs). */
  readonly purpose?: string;
  /**
   * Names this process among those of the run, the same after a restart: it comes back to its partitions at once.
   * Left out, the process takes the first free folder under `localPath` and the name that is kept there.
   */
  readonly instanceId?: string;
  /** Partitions of every topic that is not `single`; fixed when the topics are first made. */
  readonly partitions: number;
  /** Copies of every partition; the broker's default where it is left out. */
  readonly replicationFactor?: number;
  /** Largest `max.message.bytes` that the cluster allows; left out, as large as the records ask for (10 MiB). */
  readonly maxMessageBytes?: number;
  readonly ssl?: boolean | TlsOptions;
  readonly sasl?:
    | {
        readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
        readonly username: string;
        readonly password: string;
      }
    /** `token` is asked for one for each connection. */
    | { readonly mechanism: 'oauthbearer'; readonly token: () => Promise<string> };
  /** Folder for the local copies of stores and tables. Losing it costs time, not data. */
  readonly localPath: string;
  /** How long commits are gathered into one transaction. */
  readonly commitMilliseconds: number;
  /** A process that is silent for so long loses its partitions. Default 8,000. */
  readonly sessionMilliseconds?: number;
  /** How long a process finishes what it has in hand of partitions that another is to have. Default 300,000. */
  readonly handOverMilliseconds?: number;
  /** How long `openKafka` tries before it gives up. Default 15,000. */
  readonly connectMilliseconds?: number;
  /** Gives up trying; `openKafka` rejects with its reason. */
  readonly connectSignal?: AbortSignal;
  /** How long single reads try, for whatever reason they fail. Default 60,000; a worker gives Infinity. */
  readonly readMilliseconds?: number;
  /** Called with each generation of a stage's group that this process takes part in. */
  readonly rebalanced?: (stage: string, generation: number, tasks: readonly number[]) => void;
  /** Called where a broker holds this client back by a quota, with the milliseconds of it (KIP-219). */
  readonly throttled?: (milliseconds: number) => void;
  /** Called with each transaction that was begun and given up; what it held is tried again. */
  readonly aborted?: () => void;
  /**
   * Takes what the client has to tell: `warn` what keeps the work waiting, `info` what changes, `debug` what passes by
   * itself. Nothing by default.
   */
  readonly log?: (level: 'debug' | 'info' | 'warn', message: string) => void;
}

export const defaults = {
  sessionMilliseconds: 8_000,
  handOverMilliseconds: 300_000,
  connectMilliseconds: 15_000,
  readMilliseconds: 60_000,
  requestMilliseconds: 10_000,
  transactionMilliseconds: 10_000,
} as const;

/** How long a topic that is missing is waited for: brokers come back by themselves, a topic has to be made. */
export const missingMilliseconds = ({ readMilliseconds = defaults.readMilliseconds }: KafkaSettings): number =>
  Math.min(readMilliseconds, defaults.readMilliseconds);
