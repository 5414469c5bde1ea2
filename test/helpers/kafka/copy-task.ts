import type { Task } from '../../../runtime/transport.ts';

/** Copies a task's records to `out` and counts them in its store, until the task is lost. */
export const copyTask = async (task: Task): Promise<void> => {
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
