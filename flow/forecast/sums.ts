import { noSpending, type Spending } from './observed.ts';

/** A spending as numbers in a row, for what is drawn thousands of times; NaN where nobody knows. */
export type Sums = Float64Array<ArrayBuffer>;

const keys = Object.keys(noSpending) as (keyof Spending)[];

export const figures = keys.length;

export const none = (): Sums => new Float64Array(figures);

export const sumsOf = (spending: Spending): Sums => Float64Array.from(keys, (key) => spending[key] ?? Number.NaN);

export const add = (a: Sums, b: Sums): Sums => {
  const sums = none();
  for (let index = 0; index < figures; index++) sums[index] = (a[index] ?? 0) + (b[index] ?? 0);
  return sums;
};

export const figureOf = (sums: Sums, key: keyof Spending): number => sums[keys.indexOf(key)] ?? 0;
