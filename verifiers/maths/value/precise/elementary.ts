import { NoValue } from '../../budget.ts';
import { add, type Ball, ball, divide, half, multiply, negate, signOf, squareRoot, subtract, whole } from './ball.ts';

/** Computed with this many bits more than asked for, so that rounding within a series never shows. */
const GUARD = 40;

const PI: Map<number, bigint> = new Map();
const LN2: Map<number, bigint> = new Map();

/** Machin: π = 16 arctan(1/5) − 4 arctan(1/239). */
export const pi = (bits: number): Ball =>
  ball(
    remembered(PI, bits, (one) => 16n * inverseTangent(one, 5n) - 4n * inverseTangent(one, 239n)),
    2n,
    bits,
  );

/** ln 2 = 2 artanh(1/3). */
const ln2 = (bits: number): Ball =>
  ball(
    remembered(LN2, bits, (one) => 2n * areaTangent(one / 3n, one)),
    2n,
    bits,
  );

export const e = (bits: number): Ball => exponential(whole(1n, bits));

const MOST_REMEMBERED = 16;

function remembered(table: Map<number, bigint>, bits: number, compute: (one: bigint) => bigint): bigint {
  const known = table.get(bits);
  if (known !== undefined) return known;
  const value = compute(1n << BigInt(bits + GUARD)) >> BigInt(GUARD);
  if (table.size < MOST_REMEMBERED) table.set(bits, value);
  return value;
}

/** arctan(1/n), scaled by `one`. */
function inverseTangent(one: bigint, n: bigint): bigint {
  let power = one / n;
  let sum = power;
  for (let k = 3n, sign = -1n; power > 0n; k += 2n, sign = -sign) {
    power /= n * n;
    sum += (sign * power) / k;
  }
  return sum;
}

/** artanh z, scaled by `one`. */
function areaTangent(z: bigint, one: bigint): bigint {
  const square = (z * z) / one;
  let power = z;
  let sum = z;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = (power * square) / one;
    sum += power / k;
    if (power < 0n && power > -2n) break;
  }
  return sum;
}

const LARGEST_EXPONENT = 12_000n;

export function exponential(x: Ball): Ball {
  const two = ln2(x.bits);
  const times = (x.mid + (two.mid >> 1n)) / two.mid - (x.mid < 0n ? 1n : 0n);
  if (times > LARGEST_EXPONENT || times < -LARGEST_EXPONENT) throw new NoValue('number too large');
  if (x.rad >> BigInt(x.bits) > 0n) throw new NoValue('an exponent that is not known well enough');
  const rest = subtract(x, multiply(whole(times, x.bits), two));
  const halvings = 8n;
  let value = expSeries(ball(rest.mid >> halvings, (rest.rad >> halvings) + 1n, x.bits));
  for (let step = 0n; step < halvings; step += 1n) value = multiply(value, value);
  return times >= 0n
    ? ball(value.mid << times, value.rad << times, x.bits)
    : ball(value.mid >> -times, (value.rad >> -times) + 1n, x.bits);
}

/** Of an x below 1/128: the terms fall by seven bits each, what is left out by more than the last. */
function expSeries(x: Ball): Ball {
  let term = whole(1n, x.bits);
  let sum = term;
  for (let k = 1n; term.mid !== 0n && k < 4_000n; k += 1n) {
    term = multiply(term, x);
    term = ball(term.mid / k, term.rad / k + 1n, x.bits);
    sum = add(sum, term);
  }
  return ball(sum.mid, sum.rad + 2n, x.bits);
}

/** Of a number that is certainly positive. */
export function logarithm(x: Ball): Ball {
  if (signOf(x) <= 0) throw new NoValue('the logarithm of what is not positive');
  const length = x.mid.toString(2).length;
  const shift = length - x.bits;
  const scale = (value: bigint): bigint => (shift >= 0 ? value >> BigInt(shift) : value << BigInt(-shift));
  const reduced = ball(scale(x.mid), scale(x.rad) + 1n, x.bits);
  const one = whole(1n, x.bits);
  const z = divide(subtract(reduced, one), add(reduced, one));
  const sum = 2n * areaTangent(z.mid, one.mid);
  // The slope of 2 artanh is below 2.3 here, and each of the terms may lose one unit.
  const series = ball(sum, 3n * z.rad + BigInt(x.bits) * 4n, x.bits);
  return add(series, multiply(whole(BigInt(shift), x.bits), ln2(x.bits)));
}

export function sineAndCosine(x: Ball): { readonly sine: Ball; readonly cosine: Ball } {
  const extra = Math.max(0, x.mid.toString(2).length - x.bits);
  const quarter = half(pi(x.bits));
  const turns = (2n * x.mid + quarter.mid) / (2n * quarter.mid) - (2n * x.mid + quarter.mid < 0n ? 1n : 0n);
  const fine = half(pi(x.bits + extra + 8));
  const taken = ball((turns * fine.mid) >> BigInt(extra + 8), 4n, x.bits);
  const rest = subtract(x, taken);
  const [sine, cosine] = [alternating(rest, 1n), alternating(rest, 0n)];
  const quadrant = Number(((turns % 4n) + 4n) % 4n);
  if (quadrant === 0) return { sine, cosine };
  if (quadrant === 1) return { sine: cosine, cosine: negate(sine) };
  return quadrant === 2 ? { sine: negate(sine), cosine: negate(cosine) } : { sine: negate(cosine), cosine: sine };
}

/** The sine from the first power on, the cosine from the zeroth. */
function alternating(x: Ball, first: 0n | 1n): Ball {
  const square = negate(multiply(x, x));
  let term = first === 0n ? whole(1n, x.bits) : x;
  let sum = term;
  for (let k = first; term.mid !== 0n && k < 4_000n; k += 2n) {
    term = multiply(term, square);
    const divisor = (k + 1n) * (k + 2n);
    term = ball(term.mid / divisor, term.rad / divisor + 1n, x.bits);
    sum = add(sum, term);
    if (term.mid === -1n) break;
  }
  return ball(sum.mid, sum.rad + 2n, x.bits);
}

export function arctangent(x: Ball): Ball {
  const one = whole(1n, x.bits);
  if (x.mid < 0n) return negate(arctangent(negate(x)));
  if (x.mid > one.mid) return subtract(half(pi(x.bits)), arctangent(divide(one, x)));
  let reduced = x;
  for (let step = 0; step < 3; step += 1)
    reduced = divide(reduced, add(one, squareRoot(add(one, multiply(reduced, reduced)))));
  const square = negate(multiply(reduced, reduced));
  let power = reduced;
  let sum = reduced;
  for (let k = 3n; power.mid !== 0n && k < 8_000n; k += 2n) {
    power = multiply(power, square);
    sum = add(sum, ball(power.mid / k, power.rad / k + 1n, x.bits));
    if (power.mid === -1n) break;
  }
  return ball(sum.mid << 3n, (sum.rad + 2n) << 3n, x.bits);
}

/** The angle of a point in (−π, π]. */
export function angle(re: Ball, im: Ball): Ball {
  const right = signOf(re);
  const above = signOf(im);
  if (right > 0) return arctangent(divide(im, re));
  if (above !== 0) {
    const quarter = half(pi(re.bits));
    const rest = arctangent(divide(re, im));
    return subtract(above > 0 ? quarter : negate(quarter), rest);
  }
  if (right < 0 && im.mid === 0n && im.rad === 0n) return pi(re.bits);
  throw new NoValue('an angle that is not known well enough');
}
