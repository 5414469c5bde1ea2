// Follows a topic of twenty records into the folder of the first argument, and tells how that ended.
import { followFiles } from '../../../flow/outputs/output-files.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { topics } from '../../../topologies/topics.ts';
import { cot } from '../../datasets/records.ts';

const stopping = new AbortController();
const records = Array.from({ length: 20 }, (_, offset) => ({
  topic: topics.cot.name,
  partition: 0,
  offset,
  key: `${offset}`,
  value: topics.cot.codec.encode(cot()),
}));
const transport = {
  ends: async (topic: string) => [topic === topics.cot.name ? records.length : 0],
  // One page after another, as on a run: the first are written whole before the disk is full.
  read: async (topic: string, _partition: number, from: number) =>
    topic === topics.cot.name ? records.slice(from, from + 5) : [],
  grown: async ([topic]: string[]) => {
    if (topic === topics.cot.name) stopping.abort();
    else await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true }));
  },
} as unknown as Transport;

await followFiles(transport, 'test', process.argv[2] as string, stopping.signal).then(
  () => console.log('done'),
  (error: Error) => console.log(error.message),
);
