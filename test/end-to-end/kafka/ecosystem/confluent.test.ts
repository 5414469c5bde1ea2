import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { recordedPlace, statementsOf } from '../../../helpers/kafka/recorded-place.ts';
import { type RegistryServer, startRegistry } from '../../../helpers/kafka/schema-registry.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';

const COUNT = 20;
const python = process.env.SLUICE_PYTHON ?? 'python3';
const outsider = spawnSync(python, ['-c', 'import confluent_kafka.schema_registry.avro']).status === 0;

/** Confluent's own consumer and deserialiser: all it knows is the registry's address and the topics' names. */
const script = `
import json, sys
from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext
brokers, registry, counts = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
read = AvroDeserializer(SchemaRegistryClient({'url': registry}))
consumer = Consumer({'bootstrap.servers': brokers, 'group.id': 'outsider ' + list(counts)[0],
                     'auto.offset.reset': 'earliest', 'isolation.level': 'read_committed'})
consumer.subscribe(list(counts))
found, silent = {topic: [] for topic in counts}, 0
while silent < 60 and any(len(found[topic]) < counts[topic] for topic in counts):
    message = consumer.poll(1)
    silent += message is None
    if message is not None and message.error() is None:
        value = read(message.value(), SerializationContext(message.topic(), MessageField.VALUE))
        headers = {name: text.decode() for name, text in message.headers() or []}
        found[message.topic()].append({'value': value, 'headers': headers})
consumer.close()
print(json.dumps(found, default=str))
`;

interface Found<Value> {
  readonly value: Value;
  readonly headers: Readonly<Record<string, string>>;
}

describeKafka('records in the framing of a Schema Registry', (brokers) => {
  it.skipIf(!outsider)(
    'are read by a client that knows the registry alone, and by every process of the run',
    async () => {
      const registry: RegistryServer = await startRegistry();
      const prefix = `confluent-${randomUUID().slice(0, 8)}`;
      const there = recordedPlace(COUNT, {
        ...{ brokers, prefix, partitions: 2 },
        ...{ values: 'confluent', registry: { url: registry.url } },
      });
      try {
        const early = await there.runHere('status');
        expect(early.stderr).toMatch(/run `sluice topics apply`/);
        expect((await there.runHere('topics', 'apply')).stderr).toBe('');
        expect(registry.subjects()).toContain(`${prefix}.run.cot-value`);
        const { code, stderr } = await there.runHere('run', '--json');
        expect(code, stderr).toBe(0);
        const lines = there.lines<{ id: string; reference: string }>('cot.jsonl');
        expect(lines).toHaveLength(COUNT);
        const counts = { [`${prefix}.problems`]: COUNT, [`${prefix}.run.cot`]: COUNT };
        const args = ['-c', script, brokers.join(), registry.url, JSON.stringify(counts)];
        const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 1 << 26, timeout: 120_000 });
        const found = JSON.parse(stdout);
        const problems: Found<{ statement: string }>[] = found[`${prefix}.problems`];
        expect(problems.map(({ value }) => value.statement).sort()).toEqual(statementsOf(COUNT).sort());
        const cot: Found<{ problem: { id: string } }>[] = found[`${prefix}.run.cot`];
        expect(cot.map(({ value }) => value.problem.id).sort()).toEqual(lines.map(({ id }) => id).sort());
        for (const { headers } of problems)
          expect(headers).toMatchObject({ schema: 'problem', version: '1', run: 'run' });
        for (const { headers } of cot) expect(headers).toMatchObject({ schema: 'cot', version: '1', run: 'run' });
        expect(JSON.parse((await there.runHere('status', '--json')).stdout).states).toMatchObject({ emitted: COUNT });
      } finally {
        there.remove();
        await registry.close();
      }
    },
    240_000,
  );
});
