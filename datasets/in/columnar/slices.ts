import type { Passed } from './columnar-rows.ts';

const maxRows = 1000;
const maxSliceBytes = 16 * 1024 * 1024;

/**
 * Batches of rows cut into slices of about a thousand rows or 16 MiB, whichever comes first: as much as two threads
 * hold at once. In the place of a row of more than `maxRowBytes` stands its length.
 */
export async function* slices(
  batches: AsyncIterable<readonly Record<string, unknown>[]>,
  maxRowBytes: number,
): AsyncGenerator<Passed[]> {
  for await (const batch of batches) {
    let slice: Passed[] = [];
    let bytes = 0;
    for (const row of batch) {
      const length = sizeOf(row);
      slice.push(length > maxRowBytes ? length : row);
      bytes += Math.min(length, maxRowBytes);
      if (slice.length < maxRows && bytes < maxSliceBytes) continue;
      yield slice;
      slice = [];
      bytes = 0;
    }
    if (slice.length > 0) yield slice;
  }
}

/** About how long a value is as JSON. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  for (const one of Array.isArray(value) ? value : Object.values(value)) size += sizeOf(one) + 1;
  return size;
};
