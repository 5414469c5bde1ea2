import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { defaults, type KafkaSettings } from '../settings.ts';
import {
  type Call,
  Connection,
  call,
  type KafkaConnection,
  type KafkaLogger,
  type SocketOptions,
} from '../wire/kafkajs.ts';
import { compareVersions } from '../wire/versions.ts';
import { bearerLogin } from './bearer-login.ts';

/** One connection to one broker, authenticated. */
export interface Link {
  isOpen(): boolean;
  send<Result>(call: Call<Result>): Promise<Result>;
  /** Drops the connection at once; what is under way fails. */
  drop(): void;
}

/** Opens a connection and logs in. What is sent is answered, or fails when the connection does or time is up. */
export const openLink = async (
  settings: KafkaSettings,
  address: { readonly host: string; readonly port: number },
): Promise<Link> => {
  const name = `${address.host}:${address.port}`;
  const waiting = new Set<(error: Error) => void>();
  let socket: Socket | null = null;
  const fail = (message: string) => {
    for (const give of waiting) give(new Dropped(message));
  };
  const connection = makeConnection(settings, address, (made) => {
    socket = made.once('close', () => fail(`the connection to ${name} was closed`));
  });
  // Every request that a lost connection fails drops it again.
  let dropped = false;
  const drop = () => {
    const message = `the connection to ${name} was dropped`;
    fail(message);
    if (dropped) return;
    dropped = true;
    // It would wait for what is under way, which nobody answers any more, and keep the process alive for as long.
    connection.rejectRequests(new Dropped(message));
    void connection.disconnect().catch(() => {});
    socket?.destroy();
  };
  // kafkajs takes requests while it disconnects and then forgets them, time-out and all: each is watched here as well.
  const send = <Result>(request: Call<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        waiting.delete(give);
      };
      const give = (error: Error) => {
        settle();
        reject(error);
      };
      const patience = Math.max(defaults.requestMilliseconds, request.requestTimeout ?? 0) + GRACE_MILLISECONDS;
      const timer = setTimeout(() => give(new Dropped(`${name} did not answer in ${patience} ms`)), patience);
      waiting.add(give);
      connection.send(request).then((result) => {
        settle();
        resolve(result);
      }, give);
    });
  try {
    await connection.connect();
    await greet(connection, name);
  } catch (error) {
    drop();
    throw error;
  }
  return { isOpen: () => connection.isConnected() && socket?.destroyed === false, send, drop };
};

const makeConnection = (
  settings: KafkaSettings,
  { host, port }: { readonly host: string; readonly port: number },
  made: (socket: Socket) => void,
): KafkaConnection => {
  let socket: Socket | undefined;
  const connection = new Connection({
    host,
    port,
    clientId: `sluice.${settings.run}${settings.purpose === undefined ? '' : `.${settings.purpose}`}`,
    ssl: settings.ssl === true ? {} : settings.ssl || null,
    sasl: loginOf(settings),
    connectionTimeout: 5_000,
    requestTimeout: defaults.requestMilliseconds,
    logger: quietLogger(settings.log),
    socketFactory: (options) => {
      socket = makeSocket(options);
      made(socket);
      return socket;
    },
  });
  // Bytes that are no answers of Kafka's make kafkajs throw where only the process would catch it.
  const take = connection.processData.bind(connection);
  connection.processData = (bytes) => {
    try {
      take(bytes);
    } catch {
      socket?.destroy(new Error('what answers there does not speak Kafka'));
    }
  };
  // kafkajs sets a timer after every answer, with a negative time where it was never throttled, which Node warns of.
  const { requestQueue } = connection;
  const schedule = requestQueue.scheduleCheckPendingRequests.bind(requestQueue);
  requestQueue.scheduleCheckPendingRequests = () => {
    if (requestQueue.pending.length > 0) schedule();
  };
  const hold = requestQueue.maybeThrottle.bind(requestQueue);
  requestQueue.maybeThrottle = (milliseconds) => {
    if (milliseconds) settings.throttled?.(milliseconds);
    hold(milliseconds);
  };
  return connection;
};

/** kafkajs keeps a state of its own in what it is given. */
const loginOf = ({ sasl }: KafkaSettings): object | null => {
  if (sasl?.mechanism !== 'oauthbearer') return sasl ? { ...sasl } : null;
  return { mechanism: sasl.mechanism, authenticationProvider: bearerLogin(sasl.token) };
};

const makeSocket = ({ host, port, ssl, onConnect }: SocketOptions): Socket => {
  const name = isIP(host) ? {} : { servername: host };
  const socket = ssl ? connectTls({ host, port, ...name, ...ssl }, onConnect) : connectTcp({ host, port }, onConnect);
  return socket.setKeepAlive(true, 10_000).setNoDelay(true);
};

const greet = async (connection: KafkaConnection, name: string): Promise<void> => {
  const answer = await connection.send(call<{ apiVersions: ApiVersion[] }>('ApiVersions', 2));
  const versions = Object.fromEntries(answer.apiVersions.map((version) => [version.apiKey, version]));
  compareVersions(name, versions);
  connection.setVersions(versions);
  connection.setSupportAuthenticationProtocol(versions[SASL_AUTHENTICATE] !== undefined);
  await connection.authenticate();
};

interface ApiVersion {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

class Dropped extends Error {
  override readonly name = 'KafkaJSConnectionClosedError';
}

// kafkajs logs every lost connection and every retriable answer as an error; here callers get errors, logs get the rest.
const quietLogger = (log: KafkaSettings['log']): KafkaLogger => {
  const tell = (message: string) => log?.('debug', `kafkajs: ${message}`);
  const logger: KafkaLogger = { namespace: () => logger, error: tell, warn: tell, info: tell, debug: () => {} };
  return logger;
};

const SASL_AUTHENTICATE = 36;
const GRACE_MILLISECONDS = 1_000;
