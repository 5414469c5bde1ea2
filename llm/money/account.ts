import type { Elsewhere } from './ledger.ts';
import { addCost, type Cost, noCost } from './prices.ts';

/** The most that may be spent; a field that is left out has no end. */
export interface Ceiling {
  readonly tokens?: number | undefined;
  readonly cost?: number | undefined;
}

/** One ceiling with what was spent and what is set aside under it, by this process and by others. */
export interface Account {
  readonly name: string;
  /** Of the error where it is spent. */
  readonly code: 'budget' | 'budget-of-part';
  readonly spent: Cost;
  readonly reserved: Cost;
  /** Whether spent, reserved and this together stay within the ceiling. */
  fits(amount: Cost): boolean;
  /** Whether it would fit if everything set aside came back. */
  couldFit(amount: Cost): boolean;
  reserve(amount: Cost): void;
  settle(reserved: Cost, spent: Cost): void;
  /** The ceiling and what is spent of it, in words. */
  describe(): string;
}

/** @param elsewhere what other processes hold now */
export const account = (
  name: string,
  ceiling: Ceiling,
  before: Cost,
  elsewhere: () => Elsewhere,
  code: Account['code'] = 'budget',
): Account => {
  let spent = before;
  let reserved = noCost;
  let open = 0;
  const { tokens = Number.POSITIVE_INFINITY, cost = Number.POSITIVE_INFINITY } = ceiling;
  const within = (total: Cost): boolean => total.tokens <= tokens && total.cost <= cost;

  return {
    name,
    code,
    get spent() {
      return addCost(spent, elsewhere().spent);
    },
    get reserved() {
      return addCost(reserved, elsewhere().open);
    },
    fits: (amount) => {
      const others = elsewhere();
      return within([spent, reserved, others.spent, others.open].reduce(addCost, amount));
    },
    couldFit: (amount) => within([spent, elsewhere().spent].reduce(addCost, amount)),
    reserve(amount) {
      open++;
      reserved = addCost(reserved, amount);
    },
    settle(amount, paid) {
      open--;
      // Exactly nothing again when nothing is open: sums of fractions drift.
      reserved = open === 0 ? noCost : addCost(reserved, { tokens: -amount.tokens, cost: -amount.cost });
      spent = addCost(spent, paid);
    },
    describe() {
      const all = addCost(spent, elsewhere().spent);
      const parts = [
        ceiling.tokens === undefined ? '' : `${all.tokens} of ${ceiling.tokens} tokens`,
        ceiling.cost === undefined ? '' : `${round(all.cost)} of ${ceiling.cost} in cost`,
      ];
      return `${name}: ${parts.filter(Boolean).join(', ')} spent`;
    },
  };
};

const round = (cost: number): number => Number(cost.toPrecision(6));
