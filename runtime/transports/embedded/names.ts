/** SQL names of a topic, a store or a table: one SQL table each, so that plain SQL can read them. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Partition and offset as one SQL key: clustered by partition, in offset order, and exact in a double. */
export const rowKey = (partition: number, offset: number): number => partition * OFFSETS + offset;
export const offsetOf = (key: number): number => key % OFFSETS;

/** More than 10^12 records a partition, 8,000 partitions. */
export const OFFSETS = 2 ** 40;
