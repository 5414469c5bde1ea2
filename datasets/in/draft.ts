import type { Draft, DraftField } from '../../domains/port.ts';
import { unpacked } from '../../domains/row/json-text.ts';
import type { Fields } from '../presets/preset.ts';

type Value = Readonly<Record<string, unknown>>;

/** Where the values of a draft stand in a row, made ready once for all rows of a file. */
export interface Columns {
  readonly ways: readonly (readonly [field: DraftField, alternatives: readonly Way[]])[];
  /** Columns that go into the problem, or are not wanted. */
  readonly used: ReadonlySet<string>;
}

/**
 * A column of that very name, else the steps through nested values, JSON text among them: `reward_model.ground_truth`,
 * `prompt.0.content`.
 */
interface Way {
  readonly column: string;
  readonly steps: readonly string[] | null;
}

const maxMetaLength = 16 * 1024;

export const columnsOf = (fields: Fields, omit: readonly string[]): Columns => {
  const ways = Object.entries(fields).map(
    ([field, where]) => [field as DraftField, alternatives(where).map(wayTo)] as const,
  );
  const columns = ways.flatMap(([, all]) => all.flatMap(({ column, steps }) => [column, ...(steps ?? []).slice(0, 1)]));
  return { ways, used: new Set([...columns, ...omit]) };
};

/** A row's values by their meaning. */
export const draftOf = (value: Value, { ways }: Columns): Draft => {
  const draft: Partial<Record<DraftField, unknown>> = {};
  for (const [field, all] of ways) draft[field] = firstOf(value, all);
  return draft;
};

/** Reads one value of a row: a column, or a path with dots; of several the first that is there. */
export const pickerOf = (where: string | readonly string[]): ((value: Value) => unknown) => {
  const ways = alternatives(where).map(wayTo);
  return (value) => firstOf(value, ways);
};

/**
 * What the row says beyond the problem, as JSON; nothing where that would be longer than 16 Ki characters, which is known
 * after looking at as much of it.
 */
export const restOf = (value: Value, { used }: Columns): string | null => {
  const rest: (readonly [string, unknown])[] = [];
  let room = maxMetaLength;
  for (const column in value) {
    const one = value[column];
    if (used.has(column) || one === null || one === undefined) continue;
    room -= column.length + leastLength(one, room);
    if (room < 0) return null;
    rest.push([column, one]);
  }
  if (rest.length === 0) return null;
  const meta = JSON.stringify(Object.fromEntries(rest), plain);
  return meta.length > maxMetaLength ? null : meta.toWellFormed();
};

/** Of a value as JSON so many characters at least; it is not looked at further than `enough`. */
const leastLength = (value: unknown, enough: number): number => {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let length = 1;
  for (const key in value) {
    if (length > enough) break;
    length += leastLength((value as Record<string, unknown>)[key], enough - length) + 1;
  }
  return length;
};

const alternatives = (where: string | readonly string[]): readonly string[] =>
  typeof where === 'string' ? [where] : where;

const wayTo = (column: string): Way => ({ column, steps: column.includes('.') ? column.split('.') : null });

const firstOf = (value: Value, ways: readonly Way[]): unknown => {
  for (const way of ways) {
    const found = at(value, way);
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
};

const at = (value: Value, { column, steps }: Way): unknown => {
  if (Object.hasOwn(value, column)) return value[column];
  if (!steps) return undefined;
  let found: unknown = value;
  for (const step of steps) {
    found = unpacked(found);
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
};

/** Parquet gives values that JSON does not know. */
const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value instanceof Error ? null : value;
};
