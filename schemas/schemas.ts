import { readdirSync, readFileSync } from 'node:fs';
import avsc, { type Schema, type Type } from 'avsc';

/** Every record by its file's name, in an order in which every type is defined before it is used. */
export const recordNames = [
  'problem',
  'graded',
  'scored',
  'levelled',
  'admitted',
  'cot',
  'rejected',
  'outcome',
  'control',
  'dead-letter',
  'journal-entry',
] as const;

export type RecordName = (typeof recordNames)[number];

/** The schemas of one version by name, as they are written: a type that an earlier one defined is only named. */
export type SchemaSet = Partial<Record<RecordName, Schema>>;

/** Today's, from `records/`. */
export const todaysSchemas = (): Record<RecordName, Schema> =>
  Object.fromEntries(recordNames.map((name) => [name, readJson(`records/${name}.avsc`)])) as Record<RecordName, Schema>;

/** Every version that was ever released, the oldest first, so that its bytes can be read for good. */
export const releasedSchemas = (): SchemaSet[] =>
  readdirSync(`${import.meta.dirname}/released`)
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((file) => readJson(`released/${file}`));

/** The types of one version, with all names resolved. */
export const typesOf = (schemas: SchemaSet): Partial<Record<RecordName, Type>> => {
  const registry = {};
  const types: Partial<Record<RecordName, Type>> = {};
  for (const name of recordNames) {
    const schema = schemas[name];
    if (schema) types[name] = avsc.Type.forSchema(schema, { registry });
  }
  return types;
};

const readJson = (file: string) => JSON.parse(readFileSync(`${import.meta.dirname}/${file}`, 'utf8'));
