import { type Clock, systemClock } from '../clock.ts';
import type { Ledger } from './ledger.ts';
import { type LedgerEntry, readEntry, writeEntry } from './ledger-entry.ts';
import { HEARTBEAT_MILLISECONDS, makeOthers } from './other-processes.ts';
import { addCost, type Cost, noCost } from './prices.ts';
import { makeSlots, type Slot } from './slots.ts';

/** A table that many processes write. */
export interface SharedTable {
  /** Resolves when the entry is durable. */
  put(key: string, value: Uint8Array): Promise<void>;
  /** Some of what was put since the last call, by whomever, in the one order that all see; none at the end. */
  news(): Promise<readonly (readonly [key: string, value: Uint8Array])[]>;
}

/**
 * The ledger of a run that many processes work on. A reservation is written first, and then it is looked whether it
 * fitted at its place in the order: so one of two that take the last of the money sees that it was second, and takes
 * its reservation back. Also a process that was thought dead and comes to life cannot go over the ceiling. While calls
 * are open it says now and then that it lives: one call of a reasoning teacher may take longer than silence is believed.
 * @param worker the process's name, the same after a restart: what its earlier lives had open counts as spent
 * @param life what no other life of this name has, since an earlier one may not be over
 * @param clock monotonic
 */
export const sharedLedger = (table: SharedTable, worker: string, life: string, clock: Clock = systemClock): Ledger => {
  const owner = `${worker}/${life}`;
  const others = makeOthers((other) => other.startsWith(`${worker}/`));
  const slots = makeSlots(owner);
  const judging = new Map<string, Judging>();
  let reading: Promise<void> | null = null;
  let openCalls = 0;
  let heart = new AbortController();

  const read = async (): Promise<void> => {
    for (;;) {
      const news = await table.news();
      for (const [key, value] of news) apply(key, value);
      if (news.length === 0) return others.looked(clock.now());
    }
  };

  const apply = (key: string, value: Uint8Array): void => {
    const entry = entryOf(value);
    if (entry === undefined) return;
    if (!key.startsWith(`${owner}/`)) others.apply(key, entry, clock.now());
    else judging.get(key)?.(entry);
  };

  const look = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };

  const write = ({ key, model, settled }: Slot, open: Cost): Promise<void> =>
    table.put(key, writeEntry({ model, settled, open }));

  /** A place of its own, so that it can overtake no settlement. A beat that fails is made up for by the next. */
  const beat = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      await clock.sleep(HEARTBEAT_MILLISECONDS, signal);
      await write({ key: `${owner}/alive`, model: '', settled: noCost }, noCost).catch(() => {});
    }
  };

  const opened = (): void => {
    if (openCalls++ > 0) return;
    heart = new AbortController();
    beat(heart.signal).catch(() => {});
  };

  const closed = (): void => {
    if (--openCalls === 0) heart.abort();
  };

  /** Writes a reservation, and says whether it fits where it lies in the order. */
  const claim = async (slot: Slot, atMost: Cost, fits: () => boolean): Promise<boolean> => {
    let verdict: boolean | undefined;
    judging.set(slot.key, ({ settled, open }) => {
      // What the slot's call before settled may still be to come.
      if (same(settled, slot.settled) && same(open, atMost)) verdict ??= fits();
    });
    try {
      await write(slot, atMost);
      while (verdict === undefined) await look();
      return verdict;
    } finally {
      judging.delete(slot.key);
    }
  };

  return {
    spent: async () => {
      await look();
      return new Map();
    },
    elsewhere: (isMeant) => others.elsewhere(isMeant),
    reserve: async (model, atMost, fits) => {
      const slot = slots.take(model);
      if (!(await claim(slot, atMost, fits))) {
        await write(slot, noCost);
        slots.release(slot);
        return null;
      }
      opened();
      return {
        settle: async (amount) => {
          closed();
          slot.settled = addCost(slot.settled, amount);
          await write(slot, noCost);
          slots.release(slot);
        },
      };
    },
    look,
  };
};

type Judging = (entry: LedgerEntry) => void;

/** A stranger's bytes set nothing aside. */
const entryOf = (value: Uint8Array): LedgerEntry | undefined => {
  try {
    return readEntry(value);
  } catch {
    return undefined;
  }
};

const same = (one: Cost, other: Cost): boolean => one.tokens === other.tokens && one.cost === other.cost;
