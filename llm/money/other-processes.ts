import type { Elsewhere, IsMeant } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { addCost, type Cost, noCost } from './prices.ts';

/** What the processes of a run have taken, as far as this one has read. */
export interface Others {
  /** `now`: this process's own monotonic milliseconds, at which the entry was read. */
  apply(key: string, entry: LedgerEntry, now: number): void;
  /** Everything that was written until `now` has been read. */
  looked(now: number): void;
  elsewhere(isMeant?: IsMeant): Elsewhere;
}

interface Account {
  readonly model: string;
  settled: Cost;
  open: Cost;
  /** How many entries are open. */
  calls: number;
}

interface Owner {
  readonly accounts: Map<string, Account>;
  heardAt: number;
}

/** A process with calls open writes at least so often. */
export const HEARTBEAT_MILLISECONDS = 30_000;
const SILENT_MILLISECONDS = 300_000;

/**
 * Sums by process and model. A process from which nothing came for long is taken for dead: what it had open then
 * counts as spent, or whoever waits for it would wait for good. How long is told by this process's own clock, from the
 * look that last found something of it to the last look: no two clocks are compared, and what lies unread is no silence.
 * @param isOver of which processes it is known
 */
export const makeOthers = (isOver: (owner: string) => boolean): Others => {
  const owners = new Map<string, Owner>();
  const entries = new Map<string, LedgerEntry>();
  let lookedAt = 0;
  return {
    apply: (key, entry, now) => {
      const owner = ownerOf(owners, key.slice(0, key.lastIndexOf('/')));
      owner.heardAt = now;
      const before = entries.get(key);
      if (before !== undefined) change(owner, before, -1);
      change(owner, entry, 1);
      entries.set(key, entry);
    },
    looked: (now) => {
      lookedAt = now;
    },
    elsewhere: (isMeant) => {
      let [spent, open] = [noCost, noCost];
      for (const [name, { accounts, heardAt }] of owners) {
        const isDead = isOver(name) || lookedAt - heardAt > SILENT_MILLISECONDS;
        for (const account of accounts.values()) {
          if (isMeant && !isMeant(account.model)) continue;
          spent = addCost(spent, isDead ? addCost(account.settled, account.open) : account.settled);
          if (!isDead) open = addCost(open, account.open);
        }
      }
      return { spent, open };
    },
  };
};

const ownerOf = (owners: Map<string, Owner>, name: string): Owner => {
  const known = owners.get(name) ?? { accounts: new Map(), heardAt: 0 };
  owners.set(name, known);
  return known;
};

const change = ({ accounts }: Owner, { model, settled, open }: LedgerEntry, sign: 1 | -1): void => {
  const account = accounts.get(model) ?? { model, settled: noCost, open: noCost, calls: 0 };
  accounts.set(model, account);
  account.settled = addCost(account.settled, times(settled, sign));
  if (open.tokens > 0 || open.cost > 0) account.calls += sign;
  // Exactly nothing again when nothing is open: sums of fractions drift.
  account.open = account.calls === 0 ? noCost : addCost(account.open, times(open, sign));
};

const times = ({ tokens, cost }: Cost, sign: 1 | -1): Cost => ({ tokens: sign * tokens, cost: sign * cost });
