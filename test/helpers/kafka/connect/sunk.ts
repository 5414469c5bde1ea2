import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { kafkaJars, mavenJars } from '../../../../deploy/broker/jars.ts';
import { freePorts } from '../../../../deploy/broker/start.ts';

/** A record as Kafka Connect gives it to a sink. */
export interface Sunk<Value> {
  readonly key: unknown;
  readonly value: Value;
}

/**
 * What a sink of Kafka Connect is given of a topic, its settings as lines of a properties file: the worker stops when so
 * many records have come. Rejects where it ends before.
 */
export const sunk = async <Value>(
  brokers: readonly string[],
  topic: string,
  settings: string,
  count: number,
): Promise<Sunk<Value>[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-connect-'));
  const [port] = await freePorts(1);
  const file = (name: string, ...lines: string[]) => {
    writeFileSync(join(folder, name), lines.join('\n'));
    return join(folder, name);
  };
  const worker = file(
    'worker.properties',
    `bootstrap.servers=${brokers.join(',')}`,
    `listeners=http://127.0.0.1:${port}`,
    `offset.storage.file.filename=${join(folder, 'offsets')}`,
    // The sink's own settings are what counts.
    'key.converter=org.apache.kafka.connect.converters.ByteArrayConverter',
    'value.converter=org.apache.kafka.connect.converters.ByteArrayConverter',
  );
  const sink = file(
    'sink.properties',
    `name=${topic}`,
    'connector.class=org.apache.kafka.connect.tools.VerifiableSinkConnector',
    `topics=${topic}`,
    settings,
  );
  const jars = [await kafkaJars(), await mavenJars('connect', join(import.meta.dirname, 'pom.xml'))];
  const classes = jars.map((one) => join(one, '*')).join(delimiter);
  const java = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classes];
  const child = spawn('java', [...java, 'org.apache.kafka.connect.cli.ConnectStandalone', worker, sink]);
  try {
    const ended = once(child, 'exit');
    const said: string[] = [];
    const found: Sunk<Value>[] = [];
    child.stderr.on('data', (piece: Buffer) => said.push(piece.toString()));
    for await (const line of createInterface({ input: child.stdout })) {
      const told = asTold(line);
      if (told === null) said.push(`${line}\n`);
      // It tells each once more when it commits.
      else if (!told.flushed) found.push({ key: told.task, value: told.seqno as Value });
      if (found.length === count) child.kill('SIGTERM');
    }
    await ended;
    if (found.length < count)
      throw new Error(`Connect ended with ${found.length} of ${count} records\n${said.slice(-20).join('')}`);
    return found;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
};

/** The sink's line about a record, whose names are those of the source that it was made for. */
const asTold = (
  line: string,
): { readonly task: unknown; readonly seqno: unknown; readonly flushed?: boolean } | null => {
  try {
    const told = JSON.parse(line);
    return told !== null && typeof told === 'object' && 'seqno' in told ? told : null;
  } catch {
    return null;
  }
};
