import { z } from 'zod';
import { addCost, type Cost, noCost } from './prices.ts';

/** Where reservations are kept, so that neither what was spent nor what was open at a crash is forgotten. */
export interface Ledger {
  /** What earlier processes spent, by model. What they had open when they died counts as spent. */
  spent(): Promise<ReadonlyMap<string, Cost>>;
  /** Resolves when the reservation would survive a crash. `settle` takes its place; once. */
  reserve(model: string, atMost: Cost): Promise<Open>;
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

interface Slot {
  readonly key: string;
  readonly model: string;
  settled: Cost;
}

const cost = z.object({ tokens: z.number().nonnegative(), cost: z.number().nonnegative() });
const entrySchema = z.object({ model: z.string(), settled: cost, open: cost });

/**
 * A ledger in a table. An entry is a place for one call at a time: what was settled there so far and what is open.
 * So the table has as many entries as calls were ever in flight at once, however long the run. `owner` keeps the
 * entries of processes apart that share the table.
 */
export const tableLedger = (table: LedgerTable, owner = ''): Ledger => {
  const free = new Map<string, Slot[]>();
  let made = 0;

  const spent = async (): Promise<ReadonlyMap<string, Cost>> => {
    const total = new Map<string, Cost>();
    for await (const [key, value] of table.entries()) {
      const { model, settled, open } = entrySchema.parse(JSON.parse(Buffer.from(value).toString()));
      const sum = addCost(settled, open);
      total.set(model, addCost(total.get(model) ?? noCost, sum));
      if (key.startsWith(`${owner}/`)) reuse({ key, model, settled: sum });
    }
    return total;
  };

  const reuse = (slot: Slot): void => {
    made = Math.max(made, Number(slot.key.slice(owner.length + 1)) + 1);
    release(slot);
  };

  const release = (slot: Slot): void => {
    const slots = free.get(slot.model);
    if (slots === undefined) free.set(slot.model, [slot]);
    else slots.push(slot);
  };

  const write = ({ key, model, settled }: Slot, open: Cost): Promise<void> =>
    table.put(key, Buffer.from(JSON.stringify({ model, settled, open })));

  const reserve = async (model: string, atMost: Cost): Promise<Open> => {
    const slot = free.get(model)?.pop() ?? { key: `${owner}/${made++}`, model, settled: noCost };
    await write(slot, atMost);
    return {
      settle: async (amount) => {
        slot.settled = addCost(slot.settled, amount);
        await write(slot, noCost);
        release(slot);
      },
    };
  };

  return { spent, reserve };
};

/** Forgets with the process: for a run without a store, and for tests. */
export const memoryLedger = (): Ledger => ({
  spent: async () => new Map(),
  reserve: async () => ({ settle: async () => {} }),
});
