/**
 * A transport that is closed while it waits for records: `node closes.ts BROKERS PREFIX FOLDER`. Prints what would keep
 * the process alive then.
 */
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { openKafka } from '../../../../runtime/transports/kafka/open.ts';
import { copy, topics } from '../../../helpers/kafka/world.ts';

const [brokers, prefix, localPath] = process.argv.slice(2) as [string, string, string];
const settings = { brokers: brokers.split(','), prefix, run: 'run', partitions: 3, localPath, commitMilliseconds: 10 };
const transport = await openKafka(settings);
await transport.apply(topics);
const over = new AbortController();
await transport.join(copy, async (task) => {
  const { topic, partition } = task.sources[0]!;
  await task.fetch(topic, partition, 0, 1, task.lost).catch(() => {});
});
void transport.grown(['in'], 600_000, over.signal).catch(() => {});
await sleep(1_000);
over.abort();
await transport.close();
// Sockets that were destroyed are closed in the next turns.
for (let turns = 0; turns < 10; turns++) await turn();
console.log(JSON.stringify(process.getActiveResourcesInfo().filter((one) => /^(Timeout|TCP|TLS)/.test(one))));
