import { addCost, type Cost, noCost } from './prices.ts';

/** The most that may be spent; a field that is left out has no end. */
export interface Ceiling {
  readonly tokens?: number | undefined;
  readonly cost?: number | undefined;
}

/** One ceiling with what was spent and what is set aside under it. */
export interface Account {
  readonly name: string;
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

export const account = (name: string, ceiling: Ceiling, before: Cost): Account => {
  let spent = before;
  let reserved = noCost;
  let open = 0;
  const { tokens = Number.POSITIVE_INFINITY, cost = Number.POSITIVE_INFINITY } = ceiling;
  const within = (total: Cost): boolean => total.tokens <= tokens && total.cost <= cost;

  return {
    name,
    get spent() {
      return spent;
    },
    get reserved() {
      return reserved;
    },
    fits: (amount) => within(addCost(addCost(spent, reserved), amount)),
    couldFit: (amount) => within(addCost(spent, amount)),
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
      const parts = [
        ceiling.tokens === undefined ? '' : `${spent.tokens} of ${ceiling.tokens} tokens`,
        ceiling.cost === undefined ? '' : `${round(spent.cost)} of ${ceiling.cost} in cost`,
      ];
      return `${name}: ${parts.filter(Boolean).join(', ')} spent`;
    },
  };
};

const round = (cost: number): number => Number(cost.toPrecision(6));
