import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { billed, paidChat, paidConfig } from '../../helpers/kills/paid-run.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { plainSums } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const workers = 'grade,score,level,generate';
const ceiling = 0.3;

describeKafka('a budget that three processes spend from', (brokers) => {
  let server: ModelServer;
  let there: Place;

  beforeAll(async () => {
    server = await modelServer({ chat: paidChat, latency: ({ number }) => 25 + (number % 20) });
    const prefix = `budget-${randomUUID().slice(0, 8)}`;
    const transport = { kind: 'kafka', brokers, prefix, partitions: 6 };
    there = place(paidConfig(server, { budget: { cost: ceiling }, concurrency: 8, transport }));
    there.write('problems.jsonl', plainSums(500));
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('is not gone over, is used up, and ends the run', { timeout: 120_000 }, async () => {
    const main = there.run('run', '--stages', `ingest,${workers},sample,export`);
    const others = ['b', 'c'].map((name) => there.run('run', '--stages', workers, '--set', `output.dir=${name}`));
    for (const { code, stderr } of await Promise.all([main, ...others])) expect(code, stderr).toBe(3);
    expect(billed(server.calls)).toBeLessThanOrEqual(ceiling);
    expect(billed(server.calls)).toBeGreaterThan(0.97 * ceiling);
    expect(there.report().stopped).toBe('budget');
    const status = JSON.parse((await there.run('status', '--json')).stdout);
    expect(status.problems, JSON.stringify(status.states)).toBe(500);
  });
});
