import { expect, it } from 'vitest';
import { canRunKafka } from '../../../deploy/broker/jars.ts';
import { freePorts } from '../../../deploy/broker/start.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import { havePrometheus, parsedMetrics } from '../../helpers/prometheus.ts';
import { place } from '../../helpers/sluice.ts';
import { heldConfig } from '../holding-server.ts';

const jars = await canRunKafka();

describeKafka('a process whose broker has died', () => {
  it.skipIf(!jars)(
    'still tells its figures, says that it is not ready, and ends within its grace',
    { timeout: 180_000 },
    async () => {
      const [cluster, models] = [await startJars(), await startRehearsal()];
      const transport = { kind: 'kafka', brokers: cluster.brokers, prefix: 'outage', partitions: 2 };
      const there = place(heldConfig(models.url, models.url, transport));
      there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 20 })]);
      const [port] = await freePorts(1);
      const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(20_000) });
      const started = there.start('run', '--follow', '--listen', `127.0.0.1:${port}`, '--grace', '8');
      try {
        await until(async () => (await at('/readyz').catch(() => null))?.status === 200);
        cluster.nodes[0]!.process.kill('SIGKILL');
        await until(async () => (await at('/readyz')).status === 503);
        const metrics = await at('/metrics');
        const text = await metrics.text();
        expect([metrics.status, text]).toEqual([200, expect.stringContaining('sluice_problems{')]);
        if (havePrometheus) expect(Object.keys(parsedMetrics(text))).toContain('sluice_problems');
        expect((await at('/healthz')).status).toBe(200);
        started.signal('SIGTERM');
        expect((await started.ended).code).toBe(143);
      } finally {
        await started.kill();
        await models.close();
        there.remove();
        await cluster.stop();
      }
    },
  );
});
