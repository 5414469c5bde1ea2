import { crc32 } from 'node:zlib';

/** The partition that a key belongs to: the same for every topic, so that a problem's records lie side by side. */
export const partitionOf = (key: string, partitions: number): number => crc32(key) % partitions;
