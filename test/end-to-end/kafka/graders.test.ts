import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { gradedRun } from '../../helpers/kills/graded-run.ts';
import { isLong } from '../../helpers/long.ts';

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
      transport: { kind: 'kafka', brokers, prefix: `graded-${randomUUID().slice(0, 8)}`, partitions: 3 },
    });
    expect(ended.last.code, ended.last.stderr).toBe(0);
    expect(ended.broken).toEqual([]);
    expect(ended.killed).toBe(kills.length);
    expect(ended.outlived).toEqual([]);
  });
});
