import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kafkaJars } from '../../../../deploy/broker/jars.ts';
import { fingerprint } from '../../../../schemas/fingerprint.ts';
import { todaysSchemas, typesOf } from '../../../../schemas/schemas.ts';

/** A record as Kafka's own console consumer shows it. */
export interface Judged {
  /** The record type's name, by the fingerprint that its bytes begin with; empty for a stranger. */
  readonly kind: string;
  /** As `name:value,…`. */
  readonly headers: string;
  readonly key: string;
}

/** All that a read-committed reader sees in the topics that the regular expression names. */
export const committedRecords = async (brokers: readonly string[], topics: string): Promise<Judged[]> => {
  for (let milliseconds = 8_000; ; milliseconds *= 2) {
    const records = await consume(brokers, topics, milliseconds);
    // On a busy machine the consumer may give up before it has begun.
    if (records.length > 0 || milliseconds > 30_000) return records;
  }
};

const consume = async (brokers: readonly string[], topics: string, milliseconds: number): Promise<Judged[]> => {
  const consumer = [
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...['--bootstrap-server', brokers.join(','), '--include', topics, '--from-beginning'],
    ...['--isolation-level', 'read_committed', '--timeout-ms', String(milliseconds)],
    ...['print.key=true', 'print.headers=true', 'print.value=true', `value.deserializer=${escaping}`].flatMap((one) => [
      '--formatter-property',
      one,
    ]),
  ];
  const records: Judged[] = [];
  for (const line of await runTool(consumer)) {
    const [headers = '', key = '', value = ''] = line.split('\t');
    records.push({ kind: kindOf(value), headers, key });
  }
  return records;
};

/** Shows bytes that are no printable ASCII, and the backslash, as `\xNN`: a record is a line. */
const escaping = 'org.apache.kafka.common.serialization.BytesDeserializer';

const kindOf = (escaped: string): string => {
  const bytes = [...escaped.slice(0, 40).matchAll(/\\x([0-9A-F]{2})|([^\\])/g)].map(([, hex, plain]) =>
    hex === undefined ? plain!.charCodeAt(0) : Number.parseInt(hex, 16),
  );
  const head = Buffer.from(bytes).subarray(0, 10);
  if (head.length < 10 || head.readUInt16BE(0) !== SINGLE_OBJECT) return '';
  return kinds.get(head.readBigUInt64LE(2).toString(16).padStart(16, '0')) ?? '';
};

const kinds = new Map(
  Object.entries(typesOf(todaysSchemas())).map(([name, type]) => [fingerprint(JSON.stringify(type.schema())), name]),
);
const SINGLE_OBJECT = 0xc301;

/** Lag by `topic/partition`, as Kafka's own consumer groups command tells it; what was never committed is left out. */
export const groupLag = async (brokers: readonly string[], group: string): Promise<Map<string, number>> => {
  const command = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
  const lines = await runTool([command, '--bootstrap-server', brokers.join(','), '--describe', '--group', group]);
  const rows = lines.map((line) => line.trim().split(/ +/)).filter(([name]) => name === group);
  const told = rows.filter(([, , , , , lag]) => lag !== '-');
  return new Map(told.map(([, topic, partition, , , lag]) => [`${topic}/${partition}`, Number(lag)]));
};

export const runTool = async (command: readonly string[]): Promise<string[]> => {
  const java = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-Dorg.apache.logging.log4j.level=OFF'];
  const classes = join(await kafkaJars(), '*');
  const child = spawn('java', [...java, '-cp', classes, ...command], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  await ended;
  return lines;
};
