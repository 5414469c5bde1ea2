import type { Draft, DraftField, Fields } from '../presets/preset.ts';

type Value = Readonly<Record<string, unknown>>;

const maxMetaLength = 16 * 1024;

/** A row's values by their meaning. */
export const draftOf = (value: Value, fields: Fields): Draft => {
  const draft: Partial<Record<DraftField, unknown>> = {};
  for (const [field, where] of Object.entries(fields)) draft[field as DraftField] = firstOf(value, alternatives(where));
  return draft;
};

/** What the row says beyond the problem, as JSON; nothing where that would be longer than 16 Ki characters. */
export const restOf = (value: Value, fields: Fields, omit: readonly string[]): string | null => {
  const used = new Set(Object.values(fields).flatMap(alternatives));
  const rest = Object.entries(value).filter(
    ([column, one]) => !used.has(column) && !omit.includes(column) && one !== null && one !== undefined,
  );
  if (rest.length === 0) return null;
  const meta = JSON.stringify(Object.fromEntries(rest), plain);
  return meta.length > maxMetaLength ? null : meta.toWellFormed();
};

const alternatives = (where: string | readonly string[]): readonly string[] =>
  typeof where === 'string' ? [where] : where;

const firstOf = (value: Value, paths: readonly string[]): unknown => {
  for (const path of paths) {
    const found = at(value, path);
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
};

/** A column of that very name, else the way through nested values: `reward_model.ground_truth`, `prompt.0.content`. */
const at = (value: Value, path: string): unknown => {
  if (Object.hasOwn(value, path)) return value[path];
  let found: unknown = value;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
};

/** Parquet gives values that JSON does not know. */
const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return typeof value === 'symbol' ? null : value;
};
