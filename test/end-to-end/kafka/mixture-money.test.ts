import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import {
  mixtureConfig,
  mixtureOf,
  mixturePlace,
  mixtureQuotas,
  mixtureServer,
  taughtOf,
} from '../../helpers/kills/paid-mixture.ts';
import { billed } from '../../helpers/kills/paid-run.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import type { Place } from '../../helpers/sluice.ts';

const workers = 'grade,score,level,generate';
/** About half of what the first part takes. */
const ceiling = 0.03;

describeKafka('a mixture whose parts have budgets that two processes spend from', (brokers) => {
  let server: ModelServer;
  let there: Place;
  const transport = { kind: 'kafka', brokers, prefix: `mixture-${randomUUID().slice(0, 8)}`, partitions: 3 };

  beforeAll(async () => {
    server = await mixtureServer();
    there = mixturePlace(mixtureConfig(server, { first: { cost: ceiling } }, transport));
  });
  afterAll(async () => {
    there?.remove();
    await server?.close();
  });

  it('closes the part whose money ends while the other is filled; a higher ceiling goes on', {
    timeout: 240_000,
  }, async () => {
    const both = [
      there.run('run', '--stages', `ingest,${workers},sample,export`),
      there.run('run', '--stages', workers, '--set', 'output.dir=b'),
    ];
    for (const { code, stderr } of await Promise.all(both)) expect(code, stderr).toBe(3);
    const spent = billed(taughtOf(server, 'first'));
    expect(spent).toBeLessThanOrEqual(ceiling);
    expect(spent).toBeGreaterThan(ceiling / 3);
    expect(mixtureOf(there).second).toEqual(mixtureQuotas.second);
    const { stopped, quality, parts, states } = there.report();
    expect(stopped).toBe('budget');
    expect(parts?.first?.emitted).toBeLessThan(30);
    expect(parts?.first?.teaching).toBe(0);
    expect(states).toMatchObject({ dead: 0, unread: 0 });
    expect(JSON.stringify(quality)).toContain('a higher ceiling under budget.parts');

    const before = taughtOf(server, 'second').length;
    there.configure(mixtureConfig(server, { first: { cost: 10 } }, transport));
    const higher = await there.run('run');
    expect(higher.code, higher.stderr).toBe(0);
    expect(mixtureOf(there)).toEqual(mixtureQuotas);
    expect(taughtOf(server, 'second')).toHaveLength(before);
  });
});
