import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import type { ModelServer } from '../../helpers/model-server.ts';
import { dataFolder, haveData } from '../../helpers/real-data.ts';
import { barePrompt, recordedServer } from '../../helpers/recorded-students.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const student = '6b_finetuning';
const workers = 'grade,score,level,generate';

describeKafka('three processes over Kafka', (brokers) => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await recordedServer({ failing: 0.05 });
  });
  afterAll(() => server.close());

  it.skipIf(!haveData)('emit the same problems of GSM8K as one process on a file', { timeout: 180_000 }, async () => {
    const embedded = place(configOf(server, { kind: 'embedded' }));
    const prefix = `gsm8k-${randomUUID().slice(0, 8)}`;
    const kafka = place(configOf(server, { kind: 'kafka', brokers, prefix, partitions: 6 }));
    try {
      expect(await embedded.run('run', '--json')).toMatchObject({ code: 0 });
      const calls = server.calls.length;
      const others = ['b', 'c'].map((name) => kafka.start('run', '--stages', workers, '--set', `output.dir=${name}`));
      const main = await kafka.run('run', '--json', '--stages', `ingest,${workers},sample,export`);
      expect(main.code, main.stderr).toBe(0);
      for (const other of others) expect((await other.ended).code).toBe(0);
      const { graded, states, emitted, shortfall } = kafka.report();
      const single = embedded.report();
      expect(graded.right).toBe(286);
      expect({ graded, states, emitted, shortfall }).toEqual({
        graded: single.graded,
        states: single.states,
        emitted: single.emitted,
        shortfall: single.shortfall,
      });
      expect(idsOf(kafka)).toEqual(idsOf(embedded));
      expect(server.calls.length - calls).toBeGreaterThanOrEqual(calls);
    } finally {
      embedded.remove();
      kafka.remove();
    }
  });
});

const idsOf = (there: Place): string[] => {
  const ids = there.lines<{ id: string }>('cot.jsonl').map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return ids.sort();
};

const configOf = ({ url }: ModelServer, transport: object) => ({
  run: 'known',
  problems: [{ path: `${dataFolder}/gsm8k/test.jsonl`, preset: 'gsm8k' }],
  student: { baseUrl: `${url}/v1`, model: student, maxTokens: 1024, concurrency: 64, prompt: barePrompt },
  scorer: { kind: 'prm', baseUrl: url, model: 'prm', concurrency: 64 },
  target: { records: 600, distribution: 'curriculum', admit: 'after-grading' },
  teacher: { baseUrl: `${url}/v1`, model: 'teacher', samples: 1, concurrency: 64, prompt: barePrompt },
  transport,
});
