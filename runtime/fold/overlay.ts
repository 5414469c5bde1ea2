import type { Store, StoreWrite } from '../transport.ts';

/** A task's store with the writes of the commit that is being made up. */
export interface Overlay {
  get(key: string): Uint8Array | undefined;
  put(key: string, value: Uint8Array): void;
  delete(key: string): void;
  /** The first key with this prefix; each prefix that is asked for must be of one fixed kind (a queue). */
  first(prefix: string): readonly [key: string, value: Uint8Array] | undefined;
  /** The writes so far; afterwards, once they are committed, the overlay begins anew. */
  take(): StoreWrite[];
}

const READ_AHEAD = 256;

export const overlay = (store: Store): Overlay => {
  let pending = new Map<string, Uint8Array | null>();
  let heads = new Map<string, Head>();
  const headOf = (prefix: string): Head => {
    const known = heads.get(prefix) ?? { stored: [], next: 0, after: undefined, ended: false, added: [] };
    heads.set(prefix, known);
    return known;
  };
  const put = (key: string, value: Uint8Array) => {
    pending.set(key, value);
    const prefix = queueOf(key);
    if (prefix) insert(headOf(prefix).added, key);
  };
  return {
    get: (key) => (pending.has(key) ? (pending.get(key) ?? undefined) : store.get(key)),
    put,
    delete: (key) => pending.set(key, null),
    first: (prefix) => {
      const head = headOf(prefix);
      const stored = firstStored(store, prefix, head, pending);
      while (head.added[0] !== undefined && !pending.get(head.added[0])) head.added.shift();
      const added = head.added[0];
      if (added === undefined || (stored && isBefore(stored[0], added))) return stored;
      return [added, pending.get(added) as Uint8Array];
    },
    take: () => {
      const writes = [...pending];
      pending = new Map();
      heads = new Map();
      return writes;
    },
  };
};

/** Where the reading of one queue stands: what was read ahead from the store, and what this commit adds. */
interface Head {
  stored: (readonly [string, Uint8Array])[];
  next: number;
  after: string | undefined;
  ended: boolean;
  added: string[];
}

const firstStored = (store: Store, prefix: string, head: Head, pending: ReadonlyMap<string, Uint8Array | null>) => {
  for (;;) {
    const candidate = head.stored[head.next];
    if (candidate && !pending.has(candidate[0])) return candidate;
    if (candidate) {
      head.next++;
      continue;
    }
    if (head.ended) return undefined;
    head.stored = store.scan(prefix, READ_AHEAD, head.after);
    head.next = 0;
    head.ended = head.stored.length < READ_AHEAD;
    head.after = head.stored.at(-1)?.[0] ?? head.after;
  }
};

/** `queue/<name>/…` belongs to the queue `queue/<name>/`; other keys to none. */
const queueOf = (key: string): string | null => /^queue\/[^/]+\//.exec(key)?.[0] ?? null;

/** The store's order, by UTF-8 bytes; JavaScript's own differs where a surrogate is in play. */
const isBefore = (a: string, b: string): boolean =>
  SURROGATE.test(a) || SURROGATE.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 : a < b;

const SURROGATE = /[\ud800-\udfff]/;

const insert = (sorted: string[], key: string): void => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle] as string, key)) low = middle + 1;
    else high = middle;
  }
  if (sorted[low] !== key) sorted.splice(low, 0, key);
};
