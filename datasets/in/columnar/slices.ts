import type { Passed } from './columnar-rows.ts';

const maxRows = 1000;
/** What a thread takes over in some tens of milliseconds, whatever it is made of. */
const maxSliceBytes = 2 * 1024 * 1024;
const maxValues = 200_000;

/**
 * Batches of rows cut into slices of about a thousand rows, 2 MiB or 200,000 names and values, whichever comes first. In
 * the place of a row that is too large stands how large it is.
 */
export async function* slices(
  batches: AsyncIterable<readonly Record<string, unknown>[]>,
  maxRowBytes: number,
): AsyncGenerator<Passed[]> {
  for await (const batch of batches) {
    let slice: Passed[] = [];
    let all: Size = { bytes: 0, values: 0 };
    for (const row of batch) {
      const { bytes, values } = sizeOf(row);
      const passed = bytes > maxRowBytes ? { bytes } : values > maxValues ? { values } : { row };
      slice.push(passed);
      if ('row' in passed) all = { bytes: all.bytes + bytes, values: all.values + values };
      if (slice.length < maxRows && all.bytes < maxSliceBytes && all.values < maxValues) continue;
      yield slice;
      slice = [];
      all = { bytes: 0, values: 0 };
    }
    if (slice.length > 0) yield slice;
  }
}

interface Size {
  /** About as JSON. */
  readonly bytes: number;
  /** Names and values, also those of what is nested. */
  readonly values: number;
}

const sizeOf = (value: unknown): Size => {
  const size = { bytes: 0, values: 0 };
  add(size, value);
  return size;
};

const add = (size: { bytes: number; values: number }, value: unknown): void => {
  size.values++;
  if (typeof value === 'string') size.bytes += value.length + 2;
  else if (typeof value !== 'object' || value === null) size.bytes += 8;
  else if (ArrayBuffer.isView(value)) size.bytes += value.byteLength;
  else if (Array.isArray(value)) {
    size.bytes += value.length + 2;
    for (const one of value) add(size, one);
  } else {
    for (const name in value) {
      size.bytes += name.length + 4;
      size.values++;
      add(size, (value as Record<string, unknown>)[name]);
    }
  }
};
