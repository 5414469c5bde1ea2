import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import { killRun } from '../../../helpers/kafka/kill-run.ts';
import { startJars } from '../../../helpers/kafka/local.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { makeWorld } from '../../../helpers/kafka/world.ts';

const jars = await canRunKafka();

describeKafka('killed processes', () => {
  it.skipIf(!jars)(
    'lose nothing and double nothing, as Kafka’s own consumer sees it',
    { timeout: 240_000 },
    async () => {
      const quick = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };
      const folder = await mkdtemp(join(tmpdir(), 'sluice-kills-'));
      const cluster = await startJars(3, quick);
      const world = await makeWorld(cluster.brokers);
      try {
        const plan = { kills: 10, wantedCutOff: 3, brokerKills: 1, stopMilliseconds: 8_000 };
        const run = { cluster, world, folder, records: 8_000, ...plan };
        const { sent, received, cutOff, counted, errors } = await killRun(run);
        expect(errors).toBe('');
        expect([...received].sort()).toEqual([...sent].sort());
        expect(counted).toBe(sent.length);
        expect(cutOff).toBeGreaterThanOrEqual(run.wantedCutOff);
      } finally {
        await world.destroy();
        await cluster.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
