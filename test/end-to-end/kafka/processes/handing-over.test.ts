import { expect, it } from 'vitest';
import { flowWorker } from '../../../helpers/kafka/flow-worker.ts';
import { judgedSums } from '../../../helpers/kafka/judging/judged-sums.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import type { ModelServer } from '../../../helpers/models/model-server.ts';

const everything = 'ingest,grade,score,level,sample,generate,export';
const workers = 'grade,score,level,generate';

const callsOf = ({ calls }: Pick<ModelServer, 'calls'>, instance: string): number =>
  calls.filter(({ authorization }) => authorization === `Bearer ${instance}`).length;

describeKafka('partitions that move while calls of seconds are in flight for them', (brokers) => {
  it('have each call made once: who made it finishes it', { timeout: 240_000 }, async () => {
    const settings = { brokers, replicationFactor: 1, problems: 150, pace: () => 0 };
    const found = await judgedSums(settings, async ({ folder, server }) => {
      const processes = [flowWorker(folder, 'process-a', everything)];
      const asked = async (instance: string): Promise<void> => {
        const ended = Promise.race(processes.map((one) => one.ended()));
        const end = await Promise.race([server.when(() => callsOf(server, instance) > 8), ended]);
        if (end) throw new Error(`a process ended with ${end.code} before ${instance} had asked: ${end.stderr}`);
      };
      try {
        // Each joins while the others have all that they may in flight.
        await asked('process-a');
        processes.push(flowWorker(folder, 'process-b', workers));
        await asked('process-b');
        processes.push(flowWorker(folder, 'process-c', workers));
        const ends = await Promise.all(processes.map((one) => one.ended()));
        return { ends, calls: ['process-a', 'process-b', 'process-c'].map((one) => callsOf(server, one)) };
      } finally {
        await Promise.all(processes.map((one) => one.kill()));
      }
    });
    expect(found.broken).toEqual([]);
    for (const { code, stderr } of found.driven.ends) expect([0, 3], stderr).toContain(code);
    for (const calls of found.driven.calls) expect(calls).toBeGreaterThan(0);
    expect(found.cameAgain).toBe(0);
  });
});
