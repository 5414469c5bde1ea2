import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../../deploy/broker/start.ts';

/** One broker from jars with a data folder of its own, which goes when it stops. */
export const startJars = async (nodes = 1, properties: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-kafka-'));
  const cluster = await startCluster({ folder, nodes, properties });
  return {
    ...cluster,
    stop: async () => {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
