import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Status } from '../../../flow/status/status.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, recordedServer } from '../../helpers/models/recorded-students.ts';
import { dataFolder, haveData } from '../../helpers/real-data.ts';
import { type Ended, type Place, place } from '../../helpers/sluice.ts';

const student = '6b_finetuning';
const workers = 'grade,score,level,generate';
const python = process.env.SLUICE_PYTHON ?? 'python3';
const outsider = spawnSync(python, ['-c', 'import confluent_kafka, fastavro']).status === 0;

describeKafka('three processes over Kafka', (brokers) => {
  const prefix = `gsm8k-${randomUUID().slice(0, 8)}`;
  let server: ModelServer;
  let embedded: Place;
  let kafka: Place;
  let ended: Ended[];

  beforeAll(async () => {
    if (!haveData) return;
    server = await recordedServer({ failing: 0.05 });
    embedded = place(configOf(server, { kind: 'embedded' }));
    kafka = place(configOf(server, { kind: 'kafka', brokers, prefix, partitions: 6 }));
    const single = await embedded.run('run', '--json');
    server.reset();
    const others = ['b', 'c'].map((name) => kafka.run('run', '--stages', workers, '--set', `output.dir=${name}`));
    const main = kafka.run('run', '--json', '--stages', `ingest,${workers},sample,export`);
    ended = await Promise.all([single, main, ...others]);
  }, 240_000);
  afterAll(async () => {
    embedded?.remove();
    kafka?.remove();
    await server?.close();
  });

  it.skipIf(!haveData)('emit the same problems of GSM8K as one process on a file', () => {
    for (const { code, stderr } of ended) expect(code, stderr).toBe(0);
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
  });

  it.skipIf(!haveData)('count together what they asked the models for', async () => {
    const { stdout } = await kafka.run('status', '--json');
    const { spent } = JSON.parse(stdout) as Status;
    const answered = server.calls.filter(({ status, heard }) => status === 200 && heard);
    const tokens = answered.reduce((sum, one) => sum + one.promptTokens + one.completionTokens, 0);
    expect({ requests: spent.requests, tokens: spent.tokens }).toEqual({ requests: answered.length, tokens });
    for (const [role, model] of Object.entries({ student, scorer: 'prm', teacher: 'teacher' } as const)) {
      const asked = answered.filter((one) => one.model === model).length;
      expect(spent.models[role as keyof typeof spent.models]?.requests, role).toBe(asked);
    }
  });

  it.skipIf(!haveData || !outsider)(
    'can be read by Python with the published schemas (needs confluent-kafka, fastavro)',
    async () => {
      const script = resolve('test/helpers/kafka/judging/read_cot.py');
      const arguments_ = [script, brokers.join(','), `${prefix}.known.cot`, resolve('schemas')];
      const { stdout } = await promisify(execFile)(python, arguments_, { maxBuffer: 1 << 28 });
      const read = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(read.map(({ key }) => key).sort()).toEqual(idsOf(kafka));
      const lines = new Map(kafka.lines<{ id: string; reasoning: string }>('cot.jsonl').map((line) => [line.id, line]));
      for (const { key, record } of read) expect(record.reasoning).toBe(lines.get(key)!.reasoning);
    },
  );
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
