/** Copies `in` to `out`, counting in its store: `node copy-worker.ts SETTINGS-AS-JSON`. SIGTERM ends it in order. */

import type { Task } from '../../../runtime/transport.ts';
import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { copy, topics } from './world.ts';

const run = async (task: Task): Promise<void> => {
  const { topic, partition } = task.sources[0]!;
  let from = task.positions[0]?.offset ?? 0;
  let count = Number(Buffer.from(task.store.get('count') ?? '0').toString());
  while (!task.lost.aborted) {
    const records = await task.fetch(topic, partition, from, 25, task.lost);
    if (records.length === 0) continue;
    from = records.at(-1)!.offset + 1;
    count += records.length;
    const outputs = records.map((record) => ({ ...record, topic: 'out' }));
    const positions = [{ topic, partition, offset: from, metadata: '' }];
    await task.commit({ positions, outputs, store: [['count', Buffer.from(String(count))]] });
  }
};

const transport = await openKafka(JSON.parse(process.argv[2]!));
await transport.apply(topics);
process.once('SIGTERM', () => void transport.close().then(() => process.exit(0)));
await transport.join(copy, (task) => {
  run(task).catch((error: Error & { fate?: string }) => {
    if (error.fate !== 'retry') throw error;
  });
});
console.log('joined');
