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
export const knownSchemas = (): ReadonlyMap<string, KnownSchema> => ours().known;

/** Those that are written here. */
export const writtenSchemas = (): ReadonlyMap<string, KnownSchema> => ours().written;

/** Made when they are first asked for, and once: a run's watch looks at them every other second. */
const ours = () => {
  made ??= makeSchemas();
  return made;
};

let made: ReturnType<typeof makeSchemas> | undefined;

const makeSchemas = () => {
  const sets = [...releasedSchemas(), todaysSchemas()].map((set, index) => schemasOf(set, index + 1));
  // Of one that several versions have, the first counts.
  const known = new Map(sets.toReversed().flat());
  return { known, written: new Map(sets.at(-1)!.map(([name]) => [name, known.get(name)!])) };
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
