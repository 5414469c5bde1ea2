import { attemptOf } from '../records/dead-letter.ts';
import { misplacedIn } from '../records/partition.ts';
import type { Distinct } from '../topology.ts';
import type { Store, StoredRecord, StoreWrite } from '../transport.ts';

/** What a stage does with a record: pass it over, refuse it, or take it, remembering its place. */
export type Decision =
  | { readonly do: 'pass-over' }
  | { readonly do: 'refuse'; readonly error: Error; readonly letterKey: string }
  | { readonly do: 'take'; readonly store: readonly StoreWrite[]; readonly committed: () => void };

/** Decides about records in their order. A record that is taken is remembered here until it is in the store. */
export interface Deduplicator {
  decide(input: unknown, record: StoredRecord): Decision;
}

export interface DeduplicatorSettings {
  readonly distinct: Distinct<unknown> | null;
  readonly store: Pick<Store, 'get'>;
  readonly run: string;
  /** The key that the input's topic gives a record. */
  readonly keyOf: (input: unknown) => string;
  readonly partitions: number;
}

/**
 * The store remembers the place of the first record of each key, not only the key: a record that is in hand and comes
 * again is known as itself. One that the store remembers was committed with its outputs: it is passed over if it comes
 * again, as it does where the positions are lost. A stage without a rule of its own remembers the records that were put
 * back, so that each attempt is taken once.
 */
export const deduplicator = ({ distinct, store, run, keyOf, partitions }: DeduplicatorSettings): Deduplicator => {
  const open = new Map<string, Known>();
  const take = (key: string, mine: Known, record: StoredRecord): Decision | Known => {
    const inHand = open.get(key);
    const first = inHand ?? remembered(store.get(key));
    if (first && !(inHand && first.place === mine.place) && !isRetry(record, first, run)) return first;
    open.set(key, mine);
    const entry = Buffer.from(`${mine.place} ${mine.content}${mine.attempt > 1 ? ` ${mine.attempt}` : ''}`);
    return { do: 'take', store: [[key, entry]], committed: () => open.delete(key) };
  };
  return {
    decide: (input, record) => {
      if (distinct && !distinct.accepts(input, record.headers)) return { do: 'pass-over' };
      const home = keyOf(input);
      const error = misplacedIn(record.partition, home, partitions);
      // The first that anybody hears of it: its end, and not a repeat's.
      if (error) return { do: 'refuse', error, letterKey: home };
      const attempt = attemptOf(record);
      const place = placeOf(record);
      if (!distinct) {
        if (attempt === 1) return { do: 'take', store: [], committed: () => {} };
        const found = take(`again/${record.key}`, { place, content: '', attempt }, record);
        return 'do' in found ? found : { do: 'pass-over' };
      }
      const key = distinct.key(input);
      if (key.length > MAX_KEY_LENGTH) return { do: 'refuse', error: tooLong(key), letterKey: repeatOf(record) };
      const content = distinct.content(input);
      const found = take(`seen/${key}`, { place, content, attempt }, record);
      if ('do' in found) return found;
      if (found.content === content) return { do: 'pass-over' };
      return { do: 'refuse', error: conflict(distinct, key), letterKey: repeatOf(record) };
    },
  };
};

/** A stranger's key goes into every record that comes of this one: the smallest topic has to take it. */
const MAX_KEY_LENGTH = 1024;

const repeatOf = ({ key, offset }: StoredRecord): string => `${key}/${offset}`;

const placeOf = (record: StoredRecord): string => `${record.topic}/${record.offset}`;

/** What is remembered of a key: the record that was taken last, and which attempt it was. */
interface Known {
  readonly place: string;
  readonly content: string;
  readonly attempt: number;
}

/**
 * A dead letter that was put back for this run; for the other runs it is a repeat, and so is the same attempt for whom
 * it was put back twice.
 */
export const isRetry = (record: StoredRecord, first: Known, run: string): boolean =>
  attemptOf(record) > first.attempt && record.headers.run === run;

/** What the store says under `seen/<key>`. */
export const remembered = (value: Uint8Array | undefined): Known | undefined => {
  if (!value) return undefined;
  const [place = '', content = '', attempt = '1'] = Buffer.from(value).toString().split(' ');
  return { place, content, attempt: Number(attempt) };
};

const tooLong = (key: string): Error =>
  Object.assign(new Error(`a key of ${key.length} characters; ${MAX_KEY_LENGTH} are allowed`), {
    code: 'key-too-long',
  });

const conflict = (distinct: Distinct<unknown>, key: string): Error =>
  Object.assign(new Error(`the same ${key} is there already, with another reference: the first one counts`), {
    code: distinct.conflict,
    disposition: 'dead-letter',
  });
