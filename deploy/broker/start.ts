import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars } from './jars.ts';
import { type Listener, type NodeAddress, serverProperties } from './properties.ts';

const run = promisify(execFile);
// A broker without memory would go on listening and answer nobody: it ends.
const heap = ['-Xmx1g', '-Xms128m', '-XX:+ExitOnOutOfMemoryError', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
// Without it log4j-core prints errors only, and nothing would say that the broker serves.
const logging = '-Dorg.apache.logging.log4j.level=INFO';

export interface BrokerNode {
  readonly address: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Starts the node again after it was killed. */
  restart(): Promise<void>;
}

export interface LocalCluster {
  readonly brokers: readonly string[];
  readonly nodes: readonly BrokerNode[];
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Where the brokers keep their data; made if it is missing, reused if it was formatted before. */
  readonly folder: string;
  readonly nodes?: number;
  /** Port of the first node; free ports are chosen where it is left out. */
  readonly port?: number;
  readonly properties?: Readonly<Record<string, string>>;
  readonly listeners?: readonly Listener[];
  /** Users that log in by SCRAM, in the form of the storage tool's `--add-scram`. */
  readonly scramUsers?: readonly string[];
}

/** Starts Kafka on loopback from its jars, without containers. Resolves when every node serves. */
export const startCluster = async (options: ClusterOptions): Promise<LocalCluster> => {
  const classes = join(await kafkaJars(), '*');
  const addresses = await chooseAddresses(options);
  const cluster = clusterId(options.folder);
  const files = await Promise.all(addresses.map((node) => format(node, addresses, cluster, classes, options)));
  const nodes = await Promise.all(addresses.map((node, index) => startNode(node, files[index]!, classes)));
  return {
    brokers: nodes.map((node) => node.address),
    nodes,
    stop: async () => void (await Promise.all(nodes.map((node) => stopProcess(node.process)))),
  };
};

// The same folder is always the same cluster, so that its data can be used again.
const clusterId = (folder: string): string => {
  const bytes = createHash('sha256').update(folder).digest().subarray(0, 16);
  bytes[0]! &= 0x7f;
  return bytes.toString('base64url');
};

const chooseAddresses = async ({ folder, nodes = 1, port }: ClusterOptions): Promise<NodeAddress[]> => {
  const ports = port === undefined ? await freePorts(2 * nodes) : Array.from({ length: 2 * nodes }, (_, n) => port + n);
  return Array.from({ length: nodes }, (_, index) => ({
    id: index + 1,
    port: ports[2 * index]!,
    controllerPort: ports[2 * index + 1]!,
    folder: join(folder, `node-${index + 1}`),
  }));
};

/** Ports that nothing listens on at this moment. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};

const format = async (
  node: NodeAddress,
  all: readonly NodeAddress[],
  cluster: string,
  classes: string,
  { properties, listeners, scramUsers = [] }: ClusterOptions,
): Promise<string> => {
  await mkdir(node.folder, { recursive: true });
  const file = `${node.folder}.properties`;
  await writeFile(file, serverProperties(node, all, properties, listeners));
  const mode = all.length === 1 ? ['--standalone'] : [];
  const users = scramUsers.flatMap((user) => ['--add-scram', user]);
  const tool = [
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    ...mode,
    ...users,
    '-t',
    cluster,
    '-c',
    file,
  ];
  await run('java', [...heap, '-cp', classes, ...tool]);
  return file;
};

const startNode = async (node: NodeAddress, file: string, classes: string): Promise<BrokerNode> => {
  let child = await launch(file, classes);
  return {
    address: `127.0.0.1:${node.port}`,
    port: node.port,
    get process() {
      return child;
    },
    restart: async () => {
      child = await launch(file, classes);
    },
  };
};

const launch = (file: string, classes: string): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const child = spawn('java', [...heap, logging, '-cp', classes, 'kafka.Kafka', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      if (!output.includes('Kafka Server started')) return;
      child.stdout.removeListener('data', read);
      child.stdout.resume();
      resolve(child);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Kafka ended with code ${code} before it served:\n${output}`)));
  });

const stopProcess = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  });
