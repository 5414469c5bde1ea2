import { partitionOf } from '../../../records/partition.ts';
import type { Store, Table } from '../../../transport.ts';
import type { KafkaSettings } from '../settings.ts';
import type { Outgoing } from '../writing/chunks.ts';
import { checkValue } from '../writing/limits.ts';
import type { TableWriter } from '../writing/table-writer.ts';
import type { TableCopy } from './table-copy.ts';

export interface TableOptions {
  /** Kafka's name. */
  readonly topic: string;
  readonly partitions: number;
  readonly maxRecordBytes: number;
  readonly settings: Pick<KafkaSettings, 'maxMessageBytes'>;
  readonly write: TableWriter;
  copyOf(partition: number): TableCopy;
  /** The one that somebody has asked for; what is written needs no copy of its own. */
  known(partition: number): TableCopy | undefined;
}

/** A compacted topic, read through local copies of the partitions that are asked for. */
export const makeTable = ({
  topic,
  partitions,
  maxRecordBytes,
  settings,
  write,
  copyOf,
  known,
}: TableOptions): Table => ({
  get: async (partitionKey, key) => (await copyOf(partitionOf(partitionKey, partitions)).fresh()).get(key),
  put: async (partitionKey, key, value) => {
    checkValue(
      value.length,
      maxRecordBytes,
      settings,
      () => `the entry ${JSON.stringify(key.slice(0, 80))} of ${topic}`,
    );
    const partition = partitionOf(partitionKey, partitions);
    const record: Outgoing = { topic, partition, key, value, headers: {} };
    const offset = await write(record);
    known(partition)?.wrote(key, value, offset);
  },
  entries: async function* (prefix = '') {
    for (let partition = 0; partition < partitions; partition++) {
      yield* pages(await copyOf(partition).complete(), prefix);
    }
  },
});

function* pages(store: Store, prefix: string): Generator<readonly [string, Uint8Array]> {
  for (let after: string | undefined; ; ) {
    const page = store.scan(prefix, PAGE, after);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)![0];
  }
}

const PAGE = 500;
