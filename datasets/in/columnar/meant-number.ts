/**
 * The number that whoever stored it meant: the shortest decimal that becomes the same value again in that precision.
 * 0.1 as a 32-bit float is 0.10000000149011612 once it is widened.
 */
export const meantFloat32 = (stored: number): number => shortest(stored, 9, (one) => Math.fround(one));

/** The same of a 16-bit float. */
export const meantFloat16 = (stored: number): number => shortest(stored, 5, nearestFloat16);

/** A decimal with so many places, which was multiplied out in binary. */
export const meantDecimal = (stored: number, places: number): number =>
  Number.isFinite(stored) && places >= 0 && places <= 100 ? Number(stored.toFixed(places)) : stored;

const shortest = (stored: number, digits: number, rounded: (value: number) => number): number => {
  if (!Number.isFinite(stored) || Number.isInteger(stored)) return stored;
  for (let count = 1; count < digits; count++) {
    const short = Number(stored.toPrecision(count));
    if (rounded(short) === stored) return short;
  }
  return Number(stored.toPrecision(digits));
};

/** 11 bits of mantissa, fewer below 2⁻¹⁴ (IEEE 754 binary16). */
const nearestFloat16 = (value: number): number => {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -14);
  const unit = 2 ** (exponent - 10);
  return Math.round(value / unit) * unit;
};
