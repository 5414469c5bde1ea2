import type { StoredRecord, Transport } from '../../runtime/transport.ts';

/** Reads a topic as it grows, each record once: for whoever counts while a run goes on. */
export const tail = (transport: Transport, topic: string) => {
  const next: number[] = [];
  return async (take: (record: StoredRecord) => void): Promise<void> => {
    for (const [partition, end] of (await transport.ends(topic)).entries()) {
      while ((next[partition] ?? 0) < end) {
        const page = await transport.read(topic, partition, next[partition] ?? 0, 500);
        for (const record of page) take(record);
        next[partition] = page.length === 0 ? end : (page.at(-1) as StoredRecord).offset + 1;
      }
    }
  };
};
