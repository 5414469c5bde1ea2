export interface NodeAddress {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  readonly folder: string;
}

/** A listener beside the plain one: SASL_PLAINTEXT, SSL or SASL_SSL; called like its protocol unless it has a name. */
export interface Listener {
  readonly name?: string;
  readonly protocol: string;
  readonly port: number;
}

/** A server.properties for one node of a small KRaft cluster on loopback, every node broker and controller. */
export const serverProperties = (
  node: NodeAddress,
  all: readonly NodeAddress[],
  extra: Readonly<Record<string, string>> = {},
  listeners: readonly Listener[] = [],
): string => {
  const plain = [`PLAINTEXT://127.0.0.1:${node.port}`, `CONTROLLER://127.0.0.1:${node.controllerPort}`];
  const others = listeners.map(({ name, protocol, port }) => `${name ?? protocol}://127.0.0.1:${port}`);
  const addresses = [...plain, ...others].join(',');
  const protocols = listeners.map(({ name, protocol }) => `,${name ?? protocol}:${protocol}`).join('');
  const replicas = String(all.length);
  const quorum = String(Math.min(2, all.length));
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': String(node.id),
    ...voters(all),
    listeners: addresses,
    'advertised.listeners': addresses,
    'listener.security.protocol.map': `PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${protocols}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': node.folder,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': '8',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': quorum,
    'transaction.state.log.num.partitions': '8',
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': quorum,
    'group.initial.rebalance.delay.ms': '0',
    'log.cleaner.dedupe.buffer.size': '16777216',
    ...extra,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
};

const voters = (all: readonly NodeAddress[]): Record<string, string> =>
  all.length === 1
    ? { 'controller.quorum.bootstrap.servers': `127.0.0.1:${all[0]!.controllerPort}` }
    : { 'controller.quorum.voters': all.map((node) => `${node.id}@127.0.0.1:${node.controllerPort}`).join(',') };
