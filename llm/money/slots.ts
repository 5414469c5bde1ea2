import { type Cost, noCost } from './prices.ts';

/** A place in a ledger for one call at a time: what was settled there so far. */
export interface Slot {
  readonly key: string;
  readonly model: string;
  settled: Cost;
}

export interface Slots {
  /** A place that is free, or a new one. */
  take(model: string): Slot;
  release(slot: Slot): void;
  /** Takes over a place that an earlier process left. */
  adopt(slot: Slot): void;
}

/** So a ledger has as many entries as calls were ever in flight at once, however long the run. */
export const makeSlots = (owner: string): Slots => {
  const free = new Map<string, Slot[]>();
  let made = 0;
  const release = (slot: Slot): void => {
    const slots = free.get(slot.model);
    if (slots === undefined) free.set(slot.model, [slot]);
    else slots.push(slot);
  };
  return {
    take: (model) => free.get(model)?.pop() ?? { key: `${owner}/${made++}`, model, settled: noCost },
    release,
    adopt: (slot) => {
      made = Math.max(made, Number(slot.key.slice(owner.length + 1)) + 1);
      release(slot);
    },
  };
};
