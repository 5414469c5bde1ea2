import { fingerprint } from './fingerprint.ts';
import { type RecordName, releasedSchemas, type SchemaSet, todaysSchemas, typesOf } from './schemas.ts';

/** A schema of ours. */
export interface KnownSchema {
  readonly record: RecordName;
  /** The released version that it came with; of one that was not released yet, the next. */
  readonly version: number;
  /** As JSON, with every type that it names. */
  readonly schema: string;
}

/** Every schema whose bytes are read here, by fingerprint (16 hex digits). */
export const knownSchemas = (): ReadonlyMap<string, KnownSchema> =>
  new Map(
    [...releasedSchemas(), todaysSchemas()].toReversed().flatMap((set, back, sets) => {
      const version = sets.length - back;
      return schemasOf(set, version);
    }),
  );

/** Those that are written here. */
export const writtenSchemas = (): ReadonlyMap<string, KnownSchema> => {
  const known = knownSchemas();
  return new Map(schemasOf(todaysSchemas(), 0).map(([name]) => [name, known.get(name)!]));
};

const schemasOf = (set: SchemaSet, version: number): (readonly [fingerprint: string, KnownSchema])[] =>
  Object.entries(typesOf(set)).map(([record, type]) => [
    fingerprint(JSON.stringify(type.schema())),
    {
      record: record as RecordName,
      version,
      schema: JSON.stringify(type.schema({ exportAttrs: true, noDeref: false })),
    },
  ]);
