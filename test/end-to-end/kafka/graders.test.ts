import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { graderServer } from '../../helpers/graders/grader-server.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { gradedRun } from '../../helpers/kills/graded-run.ts';
import { isLong } from '../../helpers/long.ts';

const transportOf = (brokers: readonly string[]) => ({
  ...{ kind: 'kafka', brokers, prefix: `graded-${randomUUID().slice(0, 8)}`, partitions: 3 },
});

const problems = isLong ? 2000 : 400;

describeKafka('a run over Kafka whose grader misbehaves', (brokers) => {
  it('keeps the grader’s verdicts through a kill', { timeout: 300_000 }, async () => {
    const kills = [0.4 * problems];
    const ended = await gradedRun({
      ...{ problems, kills, bad: ['die', 'garble', 'spin', 'maybe'] },
      grader: {
        ...{ kind: 'command', command: [process.execPath, resolve('test/helpers/graders/planted-grader.ts')] },
        ...{ workers: 3, timeoutSeconds: 6 },
      },
      transport: transportOf(brokers),
    });
    expect(ended.last.code, ended.last.stderr).toBe(0);
    expect(ended.broken).toEqual([]);
    expect(ended.killed).toBe(kills.length);
    expect(ended.outlived).toEqual([]);
  });

  // What a transport can do to verdicts the command shows; how they come over HTTP is shown without a broker.
  it.runIf(isLong)('keeps the verdicts of one over HTTP through kills', { timeout: 300_000 }, async () => {
    const server = await graderServer({ lost: 30 });
    try {
      const kills = [0.2, 0.6].map((share) => share * problems);
      const ended = await gradedRun({
        ...{ problems, kills, bad: ['hang', 'garble', 'other', 'maybe', 'refuse'] },
        grader: { kind: 'http', url: server.url, batch: 16, concurrency: 4, timeoutSeconds: 6 },
        transport: transportOf(brokers),
      });
      expect(ended.last.code, ended.last.stderr).toBe(0);
      expect(ended.broken).toEqual([]);
      expect(ended.killed).toBe(kills.length);
      expect(server.asked()).toBeGreaterThan(problems);
    } finally {
      await server.close();
    }
  });
});
