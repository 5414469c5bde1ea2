import { attemptOf } from '../records/dead-letter.ts';
import type { StoredRecord } from '../transport.ts';
import type { Overlay } from './overlay.ts';

/** Where a parked or admitted record lies in its topic: a pointer, not a copy. */
export interface Pointer {
  readonly key: string;
  readonly order: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Which attempt at the record it is; left out for the first. */
  readonly attempt?: number;
}

/** A place in a queue. */
export interface Place {
  readonly queue: string;
  readonly order: string;
}

/**
 * The records that wait, by queue, and those that were let through and are not settled yet. All of it lies in the
 * store: `queue/<queue>/<order>/<key>`, `open/<key>`, and `at/<key>` for every key that ever came.
 */
export interface Parking {
  park(queue: string, pointer: Pointer): void;
  /** Takes the first of a queue out; undefined where it is empty. */
  unpark(queue: string): Pointer | undefined;
  /** Puts the first of a queue into another one, and gives it. */
  move(from: string, into: string, order: (key: string, before: string) => string): Pointer | undefined;
  /** The order of a queue's first record. */
  head(queue: string): string | undefined;
  /** Notes an admission as open. */
  open(pointer: Pointer): void;
  /** Closes an admission; its record goes back into a queue where a place is given. */
  settle(key: string, place?: Place): void;
  isNew(key: string): boolean;
  isOpen(key: string): boolean;
  /** It was let through, the admission is closed, and this attempt is a later one. */
  mayReturn(key: string, attempt: number): boolean;
}

export const parking = (state: Overlay): Parking => {
  const park = (queue: string, pointer: Pointer): void => {
    state.put(`queue/${queue}/${pointer.order}/${pointer.key}`, write(pointer));
    state.put(`at/${pointer.key}`, at('parked', pointer));
  };
  const unpark = (queue: string): Pointer | undefined => {
    const first = state.first(`queue/${queue}/`);
    if (!first) return undefined;
    state.delete(first[0]);
    return read(first[1]);
  };
  const standing = (key: string): { stand: string; attempt: number } => {
    const [stand = '', attempt = '1'] = Buffer.from(state.get(`at/${key}`) ?? '')
      .toString()
      .split(' ');
    return { stand, attempt: Number(attempt) };
  };
  return {
    park,
    unpark,
    move: (from, into, order) => {
      const pointer = unpark(from);
      if (pointer) park(into, { ...pointer, order: order(pointer.key, pointer.order) });
      return pointer;
    },
    head: (queue) => {
      const first = state.first(`queue/${queue}/`);
      return first && read(first[1]).order;
    },
    open: (pointer) => {
      state.put(`open/${pointer.key}`, write(pointer));
      state.put(`at/${pointer.key}`, at('open', pointer));
    },
    settle: (key, place) => {
      const found = state.get(`open/${key}`);
      if (!found) return;
      state.delete(`open/${key}`);
      if (place) park(place.queue, { ...read(found), order: place.order });
      else state.put(`at/${key}`, at('settled', read(found)));
    },
    isNew: (key) => state.get(`at/${key}`) === undefined,
    isOpen: (key) => standing(key).stand === 'open',
    mayReturn: (key, attempt) => {
      const last = standing(key);
      return last.stand === 'settled' && attempt > last.attempt;
    },
  };
};

const at = (stand: 'parked' | 'open' | 'settled', { attempt }: Pointer): Uint8Array =>
  Buffer.from(attempt === undefined ? stand : `${stand} ${attempt}`);

export const pointerTo = (record: StoredRecord, key: string, order: string): Pointer => {
  const { topic, partition, offset } = record;
  const attempt = attemptOf(record);
  return { key, order, topic, partition, offset, ...(attempt > 1 && { attempt }) };
};

const write = (pointer: Pointer): Uint8Array => Buffer.from(JSON.stringify(pointer));
const read = (value: Uint8Array): Pointer => JSON.parse(Buffer.from(value).toString()) as Pointer;
