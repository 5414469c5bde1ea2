/**
 * What is used of kafkajs (pinned to 2.2.4): its connection (TCP, TLS, SASL, correlation of answers) and the codecs of
 * the requests that need no change. Its consumer and producer are not used: see docs/kafka.md for what they get wrong.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

const require = createRequire(import.meta.url);

/** One request with the way to read its answer. */
export interface Call<Result> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<Encoded>;
  };
  readonly response: {
    readonly decode: (bytes: Buffer) => Promise<unknown>;
    readonly parse: (decoded: never) => Promise<Result>;
  };
  /** Milliseconds, where the answer may take longer than usual. */
  readonly requestTimeout?: number;
}

/** What kafkajs takes as an encoded body: its own encoder has these two fields. */
export interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

export interface KafkaConnection {
  readonly requestQueue: {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests: () => void;
    maybeThrottle: (milliseconds: number | null | undefined) => void;
  };
  processData(bytes: Buffer): void;
  connect(): Promise<unknown>;
  authenticate(): Promise<void>;
  disconnect(): Promise<unknown>;
  rejectRequests(error: Error): void;
  isConnected(): boolean;
  setVersions(versions: Versions): void;
  setSupportAuthenticationProtocol(supported: boolean): void;
  send<Result>(call: Call<Result>): Promise<Result>;
}

export type Versions = Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>;

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: string;
  readonly ssl: unknown;
  readonly sasl: unknown;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly logger: KafkaLogger;
  readonly socketFactory: (options: SocketOptions) => Socket;
}

export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  readonly ssl: object | null;
  readonly onConnect: () => void;
}

export interface KafkaLogger {
  namespace(): KafkaLogger;
  error(message: string, extra?: object): void;
  warn(message: string, extra?: object): void;
  info(message: string, extra?: object): void;
  debug(message: string, extra?: object): void;
}

export const Connection: new (options: ConnectionOptions) => KafkaConnection =
  require('kafkajs/src/network/connection');

interface Definitions {
  protocol(version: { version: number }): (parameters?: object) => Call<never>;
}

const { requests } = require('kafkajs/src/protocol/requests') as { requests: Record<string, Definitions> };

/** One of kafkajs's own requests in the given version. The caller names what `parse` gives. */
export const call = <Result>(name: string, version: number, parameters?: object): Call<Result> =>
  requests[name]!.protocol({ version })(parameters) as Call<unknown> as Call<Result>;

/** Like `call`, but gives the decoded answer as it is, errors of single parts included. */
export const rawCall = <Result>(name: string, version: number, parameters?: object): Call<Result> => {
  const { response, ...rest } = call<Result>(name, version, parameters);
  return { ...rest, response: { decode: response.decode, parse: async (decoded: Result) => decoded } } as Call<Result>;
};

export const { errorCodes } = require('kafkajs/src/protocol/error') as {
  errorCodes: readonly { readonly type: string; readonly code: number; readonly message: string }[];
};

interface AssignerProtocol {
  MemberMetadata: {
    encode(metadata: { version: number; topics: readonly string[]; userData: Buffer }): Buffer;
    decode(bytes: Buffer): { topics: string[]; userData: Buffer | null };
  };
  MemberAssignment: {
    encode(assignment: { version: number; assignment: Record<string, number[]>; userData: Buffer }): Buffer;
    decode(bytes: Buffer): { assignment: Record<string, number[]>; userData: Buffer | null } | null;
  };
}

export const { MemberMetadata, MemberAssignment } =
  require('kafkajs/src/consumer/assignerProtocol') as AssignerProtocol;
