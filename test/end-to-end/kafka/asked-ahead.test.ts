import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  AHEAD,
  aheadPlace,
  aheadServer,
  linesOf,
  mostTaken,
  PROBLEMS,
  RECORDS,
  taughtBy,
} from '../../helpers/asked-ahead.ts';
import { type FlowWorker, flowWorker } from '../../helpers/kafka/flow-worker.ts';
import { brokenLaws, judgeFlow } from '../../helpers/kafka/judging/judged-flow.ts';
import { lossBook } from '../../helpers/kafka/judging/loss-book.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';

describeKafka('problems that are asked ahead of failures by three processes', (brokers) => {
  let server: ModelServer;
  let holdBack: (after: number) => void;
  /** What comes out of one process on a file that asks nothing ahead. */
  let plain: readonly string[];
  beforeAll(async () => {
    ({ server, holdBack } = await aheadServer());
    const there = aheadPlace(server.url, 0);
    expect((await there.runHere('run')).code).toBe(0);
    plain = linesOf(there);
    there.remove();
  }, 120_000);
  afterAll(() => server.close());

  /** The run as `drive` disturbs it, judged; its laws are those of any run. */
  const runAhead = async (drive: (asking: FlowWorker) => Promise<void>): Promise<void> => {
    const prefix = `ahead-${randomUUID().slice(0, 8)}`;
    const apiKey = ['$', '{SLUICE_WORKER}'].join('');
    const transport = { kind: 'kafka', brokers, prefix, partitions: 6 };
    const there = aheadPlace(server.url, AHEAD, { apiKey, transport });
    server.reset();
    const stages = ['ingest,grade,score,level,sample,export', 'generate', 'generate'];
    const workers = stages.map((some, index) => flowWorker(there.folder, `process-${index}`, some));
    try {
      await drive(workers[1]!);
      for (const { code, stderr } of await Promise.all(workers.map((one) => one.ended()))) expect(code, stderr).toBe(0);
      expect(linesOf(there)).toEqual(plain);
      expect(there.report()).toMatchObject({ stopped: 'target', states: { emitted: RECORDS, unread: 0 } });
      const judged = await judgeFlow(brokers, prefix, 'ahead');
      expect(brokenLaws(judged, PROBLEMS)).toEqual([]);
      expect(judged.cot).toHaveLength(RECORDS);
    } finally {
      await Promise.all(workers.map((one) => one.kill()));
      there.remove();
    }
  };

  it('change nothing of what is emitted, are bounded, and are asked by who will teach them', {
    timeout: 240_000,
  }, async () => {
    holdBack(20);
    await runAhead(async () => {});
    holdBack(Number.POSITIVE_INFINITY);
    const calls = taughtBy(server);
    expect(mostTaken(calls)).toBeGreaterThan(RECORDS);
    expect(mostTaken(calls)).toBeLessThanOrEqual(RECORDS + AHEAD);
    expect(calls.filter(({ repeat }) => repeat > 0)).toEqual([]);
  });

  it('are the same where one that asks is killed', { timeout: 240_000 }, async () => {
    const book = lossBook(server);
    await runAhead(async (asking) => {
      await server.when(() => server.different('teacher') >= RECORDS + 3);
      book.lost(asking);
      await asking.kill();
      asking.start();
    });
    expect(taughtBy(server).filter(({ repeat }) => repeat > 0).length).toBeLessThanOrEqual(book.mayComeAgain());
  });
});
