import avsc from 'avsc';
import { fingerprint } from '../../../schemas/fingerprint.ts';
import type { SchemaRegistry } from './registry.ts';
import type { Subject } from './subjects.ts';

/** Ids of the schemas that are written, by topic, and the schemas of all ids that were met. */
export interface Framing {
  readonly ids: ReadonlyMap<string, { readonly fingerprint: string; readonly id: number }>;
  /** The fingerprint of an id's schema; null where the registry has none. */
  fingerprintOf(id: number): Promise<string | null>;
}

/**
 * Asks the registry for the ids of all subjects: registers them, or only looks.
 * @param now milliseconds of a clock that is not set
 */
export const framingOf = async (
  registry: SchemaRegistry,
  subjects: readonly Subject[],
  how: 'register' | 'lookUp',
  now: () => number = () => performance.now(),
): Promise<Framing> => {
  const found = await Promise.all(
    subjects.map(async ({ topic, name, fingerprint, known }) => {
      const id = await registry[how](name, known.schema);
      return [topic, { fingerprint, id }] as const;
    }),
  );
  const own = new Map(found.map(([, { fingerprint, id }]) => [id, fingerprint]));
  const foreign = askedOnce(async (id) => {
    const schema = await registry.schema(id);
    return schema === null ? null : fingerprintOfText(schema);
  }, now);
  return { ids: new Map(found), fingerprintOf: async (id) => own.get(id) ?? foreign(id) };
};

/** Records hold any id: who writes strange ones must not make each of them a request, nor fill the memory. */
const MOST_IDS = 1_000;
/** A registry may have several servers, and one of them a new schema later than the others. */
const NONE_HOLDS_MILLISECONDS = 10_000;

/** An id's schema never changes, that it has none holds for a while; a question that fails is asked again. */
const askedOnce = (
  ask: (id: number) => Promise<string | null>,
  now: () => number,
): ((id: number) => Promise<string | null>) => {
  const asked = new Map<number, { readonly answer: Promise<string | null>; until: number }>();
  return (id) => {
    const known = asked.get(id);
    if (known && now() < known.until) return known.answer;
    asked.delete(id);
    if (asked.size >= MOST_IDS) asked.delete(asked.keys().next().value as number);
    const mine = { answer: ask(id), until: Number.POSITIVE_INFINITY };
    asked.set(id, mine);
    mine.answer.then(
      (name) => {
        if (name === null) mine.until = now() + NONE_HOLDS_MILLISECONDS;
      },
      () => {
        mine.until = now();
      },
    );
    return mine.answer;
  };
};

/** Of a schema that a registry gives, which may be anybody's; null where it is no schema. */
const fingerprintOfText = (schema: string): string | null => {
  try {
    return fingerprint(JSON.stringify(avsc.Type.forSchema(JSON.parse(schema)).schema()));
  } catch {
    return null;
  }
};
