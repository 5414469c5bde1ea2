import { attempt } from '../budget.ts';
import { type Approximation, approximation, isReal } from './complex.ts';

/** A real function; throws NoValue where it has no value. */
type Curve = (x: number) => Approximation;

/** How much further than two estimates apart a value may be. */
const CAUTION = 10;
/** What rounding leaves of an estimate at best. */
const ROUNDING = 1e-13;

/**
 * The integral of a real function between two bounds, of which either may be infinite, by the double exponential rule
 * (Takahasi and Mori, 1974); null where two finer and finer grids do not agree. Its error is estimated, not proven.
 */
export function integralOf(curve: Curve, low: number, high: number): Approximation | null {
  if (low > high) {
    const turned = integralOf(curve, high, low);
    return turned && { ...turned, re: -turned.re };
  }
  const at = substitution(low, high);
  const [coarse, fine] = [gridSum(curve, at, COARSE), gridSum(curve, at, COARSE / 2)];
  return coarse === null || fine === null ? null : estimated(fine, coarse);
}

const COARSE = 1 / 16;
const REACH = 3.6;
/** Weights below this size may stand at a pole. */
const NO_WEIGHT = 1e-10;

interface Node {
  readonly x: number;
  readonly weight: number;
}

/** Maps the real line to the range of integration so that everything fades doubly exponentially. */
function substitution(low: number, high: number): (t: number) => Node {
  const steep = (t: number): number => (Math.PI / 2) * Math.sinh(t);
  const slope = (t: number): number => (Math.PI / 2) * Math.cosh(t);
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const length = high - low;
    return (t) => {
      // Counted from the nearer end, so that what is next to a pole is not rounded onto it.
      const near = length / (1 + Math.exp(2 * Math.abs(steep(t))));
      return { x: t < 0 ? low + near : high - near, weight: (length * slope(t)) / (2 * Math.cosh(steep(t)) ** 2) };
    };
  }
  if (Number.isFinite(low)) return (t) => ({ x: low + Math.exp(steep(t)), weight: slope(t) * Math.exp(steep(t)) });
  if (Number.isFinite(high)) return (t) => ({ x: high - Math.exp(steep(t)), weight: slope(t) * Math.exp(steep(t)) });
  return (t) => ({ x: Math.sinh(steep(t)), weight: slope(t) * Math.cosh(steep(t)) });
}

function gridSum(curve: Curve, at: (t: number) => Node, step: number): number | null {
  let sum = 0;
  for (let index = -Math.floor(REACH / step); index <= REACH / step; index += 1) {
    const { x, weight } = at(index * step);
    if (!Number.isFinite(x) || !Number.isFinite(weight)) continue;
    const value = attempt(() => curve(x));
    const isEdge = weight < NO_WEIGHT || Math.abs(x) > 1 / NO_WEIGHT;
    if (value !== null && isReal(value)) sum += value.re * weight;
    else if (!isEdge) return null;
  }
  return sum * step;
}

const TERMS = 30;

/** The sum of a series from one whole number on, by Levin's u transformation; null where its terms do not fade. */
export function sumToInfinity(term: Curve, from: number): Approximation | null {
  const terms: number[] = [];
  for (let index = 0; index < TERMS; index += 1) {
    const value = attempt(() => term(from + index));
    if (value === null || !isReal(value)) return null;
    terms.push(value.re);
  }
  const sums = terms.map(
    (
      (sum) => (one: number) =>
        (sum += one)
    )(0),
  );
  const last = Math.abs(terms.at(-1)!);
  if (last <= 1e-17 * Math.abs(sums.at(-1)!)) return estimated(sums.at(-1)!, sums.at(-2)!);
  if (last >= Math.abs(terms[TERMS / 2]!) || terms.includes(0)) return null;
  return estimated(levin(terms, sums, 14), levin(terms, sums, 12));
}

/** Levin's u of the first partial sums, up to an order. */
function levin(terms: readonly number[], sums: readonly number[], order: number): number {
  let above = 0;
  let below = 0;
  let binomial = 1;
  for (let j = 0; j <= order; j += 1) {
    const remainder = (j + 1) * terms[j]!;
    const weight = ((j % 2 === 0 ? 1 : -1) * binomial * ((j + 1) / (order + 1)) ** (order - 1)) / remainder;
    above += weight * sums[j]!;
    below += weight;
    binomial = (binomial * (order - j)) / (j + 1);
  }
  return above / below;
}

const STEPS = 7;

/** The limit at a place, from both sides where there are values, by Richardson's extrapolation; null where none shows. */
export function limitOf(curve: Curve, place: number): Approximation | null {
  const sides = Number.isFinite(place)
    ? [1, -1].map((side) => extrapolated((h) => curve(place + side * h)))
    : [extrapolated((h) => curve(Math.sign(place) / h))];
  const known = sides.filter((side) => side !== null);
  const [one, other] = known;
  if (one === undefined) return null;
  return other === undefined || Math.abs(one.re - other.re) <= CAUTION * (one.error + other.error) ? one : null;
}

function extrapolated(curve: Curve): Approximation | null {
  const table: number[] = [];
  let before: number | null = null;
  let rounding = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const value = attempt(() => curve(2 ** -(step + 3)));
    if (value === null || !isReal(value)) return null;
    rounding = Math.max(rounding, value.error);
    let moved = value.re;
    for (let order = 0; order < table.length; order += 1) {
      const next: number = moved + (moved - table[order]!) / (2 ** (order + 1) - 1);
      table[order] = moved;
      moved = next;
    }
    before = table.at(-1) ?? null;
    table.push(moved);
  }
  return before === null ? null : estimated(table.at(-1)!, before, rounding);
}

function estimated(value: number, coarser: number, rounding = 0): Approximation | null {
  if (!Number.isFinite(value) || !Number.isFinite(coarser)) return null;
  const error = CAUTION * (Math.abs(value - coarser) + rounding) + ROUNDING * Math.max(1, Math.abs(value));
  return error < 1e-6 * Math.max(1, Math.abs(value)) ? approximation(value, 0, error) : null;
}
