import type { Overlay } from './overlay.ts';
import type { StoredRecord } from './transport.ts';

/** Where a parked or admitted record lies in its topic: a pointer, not a copy. */
export interface Pointer {
  readonly key: string;
  readonly order: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** The records that wait, by queue, and those that were let through and are not settled yet; all of it in the store. */
export interface Parking {
  park(queue: string, pointer: Pointer): void;
  /** Takes the first of a queue out; undefined where it is empty. */
  unpark(queue: string): Pointer | undefined;
  /** Notes an admission as open. False: one with this key is open already. */
  open(pointer: Pointer): boolean;
  /** Closes an admission; undefined where none is open. */
  settle(key: string): Pointer | undefined;
}

export const parking = (state: Overlay): Parking => ({
  park: (queue, pointer) => state.put(`queue/${queue}/${pointer.order}/${pointer.key}`, write(pointer)),
  unpark: (queue) => {
    const first = state.first(`queue/${queue}/`);
    if (!first) return undefined;
    state.delete(first[0]);
    return read(first[1]);
  },
  open: (pointer) => {
    if (state.get(`open/${pointer.key}`)) return false;
    state.put(`open/${pointer.key}`, write(pointer));
    return true;
  },
  settle: (key) => {
    const found = state.get(`open/${key}`);
    if (!found) return undefined;
    state.delete(`open/${key}`);
    return read(found);
  },
});

export const pointerTo = ({ key, topic, partition, offset }: StoredRecord, order: string): Pointer => ({
  key,
  order,
  topic,
  partition,
  offset,
});

const write = (pointer: Pointer): Uint8Array => Buffer.from(JSON.stringify(pointer));
const read = (value: Uint8Array): Pointer => JSON.parse(Buffer.from(value).toString()) as Pointer;
