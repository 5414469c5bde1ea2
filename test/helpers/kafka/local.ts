import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClusterOptions, startCluster } from '../../../deploy/broker/start.ts';

/** Brokers from jars with a data folder of their own, which goes when they stop. */
export const startJars = async (
  nodes = 1,
  properties: Record<string, string> = {},
  more: Pick<ClusterOptions, 'listeners' | 'scramUsers'> = {},
) => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-kafka-'));
  const cluster = await startCluster({ folder, nodes, properties, ...more });
  return {
    ...cluster,
    stop: async () => {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** For clusters whose brokers are killed: the others notice after three seconds. */
export const quickFailover = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };
