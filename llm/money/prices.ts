import type { Usage } from '../port.ts';
import type { Price } from '../settings.ts';

/** Tokens of both kinds together, and what they cost in the currency of the prices. */
export interface Cost {
  readonly tokens: number;
  readonly cost: number;
}

export const noCost: Cost = { tokens: 0, cost: 0 };

export const addCost = (left: Cost, right: Cost): Cost => ({
  tokens: left.tokens + right.tokens,
  cost: left.cost + right.cost,
});

const perMillion = 1e-6;

/** What a usage costs; nothing where no price is set. */
export const costOf = (price: Price | undefined, { promptTokens, completionTokens, cachedTokens = 0 }: Usage): Cost => {
  const tokens = promptTokens + completionTokens;
  if (price === undefined) return { tokens, cost: 0 };
  const { input, output, cached = input } = price;
  const kept = Math.min(cachedTokens, promptTokens);
  return { tokens, cost: ((promptTokens - kept) * input + kept * cached + completionTokens * output) * perMillion };
};
