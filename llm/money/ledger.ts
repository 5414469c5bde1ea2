import { readEntry, writeEntry } from './ledger-entry.ts';
import { addCost, type Cost, noCost } from './prices.ts';
import { makeSlots, type Slot } from './slots.ts';

/** Where reservations are kept, so that neither what was spent nor what was open at a crash is forgotten. */
export interface Ledger {
  /** What this process's predecessors spent, by account: a model, or a model on a part of the problems (`accountName`). What they had open when they died counts as spent. */
  spent(): Promise<ReadonlyMap<string, Cost>>;
  /** What other processes have taken, in the accounts that are meant, or in all. */
  elsewhere(isMeant?: IsMeant): Elsewhere;
  /**
   * Resolves when the reservation would survive a crash; null where another process was sooner, by `fits`, which says
   * whether everything that is taken by now stays within the ceilings. `settle` takes its place; once.
   */
  reserve(model: string, atMost: Cost, fits: () => boolean): Promise<Open | null>;
  /** Takes notice of what others did; null where there are no others. */
  readonly look: (() => Promise<void>) | null;
}

/** Of an account's name. */
export type IsMeant = (name: string) => boolean;

export interface Elsewhere {
  /** Also what was open at a process that is dead. */
  readonly spent: Cost;
  /** May come back, in part. */
  readonly open: Cost;
}

export interface Open {
  /** Resolves when the settlement would survive a crash. */
  settle(spent: Cost): Promise<void>;
}

/** A durable map: a value is durable when `put` resolves; the last put of a key wins. */
export interface LedgerTable {
  put(key: string, value: Uint8Array): Promise<void>;
  entries(): AsyncIterable<readonly [key: string, value: Uint8Array]>;
}

/** The ledger of a run that one process at a time works on, in a table. */
export const tableLedger = (table: LedgerTable): Ledger => {
  const slots = makeSlots('');
  const write = ({ key, model, settled }: Slot, open: Cost): Promise<void> =>
    table.put(key, writeEntry({ model, settled, open }));
  return {
    spent: async () => {
      const total = new Map<string, Cost>();
      for await (const [key, value] of table.entries()) {
        const { model, settled, open } = readEntry(value);
        const sum = addCost(settled, open);
        total.set(model, addCost(total.get(model) ?? noCost, sum));
        slots.adopt({ key, model, settled: sum });
      }
      return total;
    },
    elsewhere: () => nobody,
    reserve: async (model, atMost) => {
      const slot = slots.take(model);
      await write(slot, atMost);
      return {
        settle: async (amount) => {
          slot.settled = addCost(slot.settled, amount);
          await write(slot, noCost);
          slots.release(slot);
        },
      };
    },
    look: null,
  };
};

/** Forgets with the process: for a run without a store, and for tests. */
export const memoryLedger = (): Ledger => ({
  spent: async () => new Map(),
  elsewhere: () => nobody,
  reserve: async () => ({ settle: async () => {} }),
  look: null,
});

const nobody: Elsewhere = { spent: noCost, open: noCost };
