/** A grid that is fine where answers lie and coarse far out. */
const GRID: readonly number[] = grid();

/**
 * Where a function of one real may change its sign: its zeros, and the edges of its domain. A linear one is solved
 * directly, any other is followed along a grid.
 */
export function criticalPoints(value: (x: number) => number | null): readonly number[] {
  const linear = linearZero(value);
  if (linear !== null) return linear;
  const found: number[] = [];
  let x = GRID[0]!;
  let here = value(x);
  for (const next of GRID.slice(1)) {
    const there = value(next);
    if (here === 0) found.push(x);
    else if ((here === null) !== (there === null)) found.push(edge(value, x, next, here === null));
    else if (here !== null && there !== null && here * there < 0) found.push(rounded(bisected(value, x, next, here)));
    [x, here] = [next, there];
  }
  return found.map(rounded);
}

/** The zero of a linear function, none of a constant one; null for any other. */
function linearZero(value: (x: number) => number | null): readonly number[] | null {
  const [a, b, c, d] = [value(0), value(1), value(2.5), value(-3.7)];
  if (a === null || b === null || c === null || d === null) return null;
  const slope = b - a;
  const scale = 1e-9 * Math.max(1, Math.abs(a), Math.abs(slope));
  if (Math.abs(a + 2.5 * slope - c) > scale || Math.abs(a - 3.7 * slope - d) > scale) return null;
  return Math.abs(slope) <= scale ? [] : [-a / slope];
}

function bisected(value: (x: number) => number | null, low: number, high: number, atLow: number): number {
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    const here = value(middle);
    if (here === null) return middle;
    if (here * atLow > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function edge(value: (x: number) => number | null, low: number, high: number, lowIsOutside: boolean): number {
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if ((value(middle) === null) === lowIsOutside) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Bisection stops beside a round number; the number itself is meant. */
function rounded(x: number): number {
  const near = Math.round(x * 1e6) / 1e6;
  return Math.abs(near - x) < 1e-10 * Math.max(1, Math.abs(x)) ? near : x;
}

function grid(): readonly number[] {
  const positive: number[] = [];
  for (let x = 0.0625; x < 24; x += 0.125) positive.push(x);
  for (let x = 24.03; x < 1e6; x *= 1.07) positive.push(x);
  return [...positive.map((x) => -x).reverse(), ...positive];
}
