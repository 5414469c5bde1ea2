import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars } from '../../../deploy/broker/jars.ts';

const run = promisify(execFile);

/** The keys of a topic as Kafka's own console consumer shows them to a read-committed reader. */
export const committedKeys = async (brokers: readonly string[], topic: string): Promise<string[]> => {
  const consumer = [
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...['--bootstrap-server', brokers.join(','), '--topic', topic, '--from-beginning'],
    ...['--isolation-level', 'read_committed', '--timeout-ms', '6000'],
    ...['--formatter-property', 'print.key=true', '--formatter-property', 'print.value=false'],
  ];
  const classes = join(await kafkaJars(), '*');
  const java = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-Dorg.apache.logging.log4j.level=OFF', '-cp', classes];
  const { stdout } = await run('java', [...java, ...consumer], { maxBuffer: 1 << 28 });
  return stdout.split('\n').filter((line) => line !== '');
};
