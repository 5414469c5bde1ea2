import { open } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import {
  CompressionType,
  compressionRegistry,
  type DataType,
  Decimal,
  type Field,
  Float,
  List,
  MapRow,
  type RecordBatch,
  RecordBatchReader,
  Struct,
  StructRow,
  Vector,
} from 'apache-arrow';
import { checkColumns } from './check-columns.ts';
import { lz4Frame } from './lz4-frame.ts';
import { meantFloat16, meantFloat32 } from './meant-number.ts';

// Feather compresses by LZ4 unless told otherwise.
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: lz4Frame });
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });

/**
 * The rows of an Arrow file, a record batch at a time, whether it is a stream (as `save_to_disk` writes it) or has a
 * footer. Columns in `omit` are never looked at. A damaged file may throw anything, take any time and any memory: to be
 * run where that does no harm.
 */
export async function* openArrow(path: string, omit: readonly string[]): AsyncGenerator<Record<string, unknown>[]> {
  const handle = await open(path);
  try {
    const reader = await RecordBatchReader.from(handle);
    await reader.open({ autoDestroy: false });
    for await (const batch of reader) yield rowsOf(batch, omit);
  } finally {
    await handle.close();
  }
}

const maxRows = 4_000_000;

const rowsOf = (batch: RecordBatch, omit: readonly string[]): Record<string, unknown>[] => {
  if (batch.numRows > maxRows) throw new Error(`a batch has ${batch.numRows} rows; write it anew in smaller ones`);
  const columns = batch.schema.fields.flatMap((field: Field, index: number) =>
    omit.includes(field.name) ? [] : [{ field, column: batch.getChildAt(index) }],
  );
  checkColumns(columns.length);
  return Array.from({ length: batch.numRows }, (_, row) =>
    Object.fromEntries(columns.map(({ field, column }) => [field.name, plain(column?.get(row), field.type)])),
  );
};

/** A value without the library's own classes, numbers as they were meant. */
const plain = (value: unknown, type: DataType | null): unknown => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && type instanceof Float) {
    if (type.precision === 0) return meantFloat16(value);
    return type.precision === 1 ? meantFloat32(value) : value;
  }
  if (type instanceof Decimal) return decimalText(value as Uint32Array, type.scale);
  if (value instanceof Vector) {
    const item = type instanceof List ? type.valueType : null;
    return Array.from(value, (one) => plain(one, item));
  }
  if (value instanceof StructRow || value instanceof MapRow) {
    const types = new Map(type instanceof Struct ? type.children.map((child: Field) => [child.name, child.type]) : []);
    return Object.fromEntries(
      Object.entries(value.toJSON()).map(([key, one]) => [key, plain(one, (types.get(key) as DataType) ?? null)]),
    );
  }
  return ArrayBuffer.isView(value) ? null : value;
};

/** Words of 32 bits, the lowest first, in two's complement. */
const decimalText = (words: Uint32Array, scale: number): string => {
  const bits = BigInt(words.length * 32);
  const unsigned = words.reduce((sum, word, index) => sum + (BigInt(word) << BigInt(32 * index)), 0n);
  const value = BigInt.asIntN(Number(bits), unsigned);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const decimals = scale > 0 ? `.${digits.slice(-scale)}` : '';
  return `${value < 0n ? '-' : ''}${whole}${decimals}`;
};
