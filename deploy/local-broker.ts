/**
 * A Kafka broker on this machine without containers, for trying things out: `npm run kafka [-- --port 9092]`.
 * Needs Java and Maven; the data stay in `.sluice/kafka` until the folder is deleted.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from './broker/start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9092' },
    folder: { type: 'string', default: '.sluice/kafka' },
  },
});

const cluster = await startCluster({ folder: resolve(values.folder), port: Number(values.port) });
console.log(`Kafka serves at ${cluster.brokers.join(',')}; Ctrl-C stops it`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.stop());
