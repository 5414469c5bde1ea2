import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { answerSums, plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const workers = 'grade,score,level,generate';
const problems = 180;
const rpm = 900;

/** The most that arrives in any stretch of so many milliseconds of the server's clock. */
const mostWithin = ({ calls }: ModelServer, milliseconds: number): number => {
  const asked = calls.filter(({ model }) => model === 'student').map(({ arrived }) => arrived);
  let [most, first] = [0, 0];
  for (const [index, at] of asked.entries()) {
    while (at - (asked[first] as number) >= milliseconds) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
};

describeKafka('three servers that three processes share', (brokers) => {
  let servers: [slow: ModelServer, shedding: ModelServer, killed: ModelServer];
  let models: ModelServer;
  let there: Place;

  beforeAll(async () => {
    servers = [
      await modelServer({ chat: answerSums, latency: () => 400 }),
      await modelServer({
        chat: answerSums,
        latency: () => 150,
        fault: (_call, inFlight) => (inFlight > 2 ? { kind: 'status', status: 429 } : undefined),
      }),
      await modelServer({ chat: answerSums, latency: () => 20 }),
    ];
    models = await modelServer({ chat: answerSums });
    const config = sumsConfig(models.url, 'pool', { records: problems });
    const endpoints = servers.map(({ url }) => ({ baseUrl: `${url}/v1`, rpm }));
    const { baseUrl: _, ...student } = config.student;
    const prefix = `pool-${randomUUID().slice(0, 8)}`;
    const transport = { kind: 'kafka', brokers, prefix, partitions: 6 };
    there = place({ ...config, student: { ...student, endpoints }, transport });
    there.write('problems.jsonl', plainSums(problems));
  });
  afterAll(async () => {
    there.remove();
    for (const server of [...servers, models]) await server.close();
  });

  it('lose nothing while one is slow, one sheds and one is killed, and get no more than declared', {
    timeout: 240_000,
  }, async () => {
    const [slow, shedding, killed] = servers;
    const main = there.run('run', '--stages', `ingest,${workers},sample,export`);
    const others = ['b', 'c'].map((name) => there.run('run', '--stages', workers, '--set', `output.dir=${name}`));
    await killed.when((calls) => calls.length >= 25);
    await killed.close();
    for (const { code, stderr } of await Promise.all([main, ...others])) expect([0, 3], stderr).toContain(code);
    const { graded, states } = there.report();
    expect(graded.right + graded.wrong).toBe(problems);
    expect(states.dead + states.unread).toBe(0);
    for (const server of servers) {
      expect(mostWithin(server, 1000)).toBeLessThanOrEqual(rpm / 60);
      expect(mostWithin(server, 60_000)).toBeLessThanOrEqual(rpm);
    }
    expect(slow.calls.length).toBeGreaterThan(10);
    expect(shedding.calls.length).toBeGreaterThan(10);
  });
});
