const DECIMAL = /^[+-]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][+-]?\d+)?$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const TOLERANCE = 1e-6;
/** A longer token is no number that a program means: it is compared as text. */
const LONGEST_NUMBER = 400;
const TOKEN = /\S+/g;

/**
 * Whether a program's output is the expected one, token by token; both are read once, and no further than they agree.
 *
 * A token is what stands between white space. Where the expected token has a decimal point or an exponent, a number
 * within the stated tolerance is the same; where none is stated, one within 1e-6, relative, or absolute as far as the
 * expected one is written. Every other token must be equal, and a tolerance of 0 asks for equal texts.
 */
export function sameOutput(output: string, expected: string, tolerance?: number): boolean {
  if (output === expected) return true;
  const tokens = output.matchAll(TOKEN);
  for (const [wanted] of expected.matchAll(TOKEN)) {
    const { value: found } = tokens.next();
    if (found === undefined || !sameToken(found[0], wanted, tolerance)) return false;
  }
  return tokens.next().done === true;
}

function sameToken(token: string, expected: string, tolerance?: number): boolean {
  if (token === expected) return true;
  if (tolerance === 0 || token.length > LONGEST_NUMBER || expected.length > LONGEST_NUMBER) return false;
  if (!DECIMAL.test(expected) || !NUMBER.test(token)) return false;
  const absolute = tolerance ?? Math.min(TOLERANCE, halfOfLastPlace(expected));
  return near(Number(token), Number(expected), absolute, tolerance);
}

/** Half a unit of the last place that a decimal is written to: what it may have been rounded by. */
function halfOfLastPlace(decimal: string): number {
  const [, places = '', exponent = '0'] = /(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(decimal)!;
  return 0.5 * 10 ** (Number(exponent) - places.length);
}

/** Within an absolute or a relative difference; what is beyond a double is near nothing. */
export function near(
  value: number,
  expected: number,
  absolute: number = TOLERANCE,
  relative: number = TOLERANCE,
): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(expected)) return false;
  return Math.abs(value - expected) <= Math.max(absolute, relative * Math.abs(expected));
}
