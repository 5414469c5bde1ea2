import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { correctedRun } from '../../helpers/kills/corrected-run.ts';

describeKafka('references that are corrected in the middle of a run over Kafka', (brokers) => {
  it('hold for its replay, which asks nobody anything', { timeout: 300_000 }, async () => {
    const prefix = `corrected-${randomUUID().slice(0, 8)}`;
    const { said, sets, asked, corrected, wasKilled } = await correctedRun({
      ...{ kind: 'kafka', brokers, prefix, partitions: 2 },
    });
    expect(wasKilled).toBe(true);
    expect(said).toContain(`${corrected.length} problems were corrected or withdrawn since the run "begun" began`);
    expect(sets.replayed).toEqual(sets.clean);
    expect(asked).toBe(0);
  });
});
