import type { NewRecord } from '../../../transport.ts';
import type { Names } from '../names.ts';
import type { Reader } from '../reading/reader.ts';
import type { KafkaSettings } from '../settings.ts';
import type { Committing } from './committing.ts';
import { checkRecords } from './limits.ts';
import type { CommitQueue } from './queue.ts';

/**
 * Appends from outside any stage, in one transaction. Resolves with the offsets, in the records' order, when every
 * reader sees them: the coordinator says that a transaction is committed before its markers are written.
 */
export const appendRecords = async (
  queue: CommitQueue,
  { names, reader, settings }: { readonly names: Names; readonly reader: Reader; readonly settings: KafkaSettings },
  records: readonly NewRecord[],
): Promise<number[]> => {
  if (records.length === 0) return [];
  checkRecords(records, names, settings);
  let offsets: number[] = [];
  const owner: Committing = {
    lost: new AbortController().signal,
    member: () => 'outside',
    refused: () => {},
    lose: () => {},
    records: ({ outputs }) => outputs.map((record) => ({ ...record, topic: names.topic(record.topic) })),
    positions: () => [],
    landed: (done, landed) => {
      offsets = done.flatMap((one) => one.records.map(landed.offset));
    },
  };
  await queue.add(owner, { positions: [], outputs: records, store: [] });
  const topics = new Set(records.map(({ topic }) => names.topic(topic)));
  await Promise.all([...topics].map((topic) => reader.visible(topic)));
  return offsets;
};
