const DECIMAL = /^[+-]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][+-]?\d+)?$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const TOLERANCE = 1e-6;
/** A longer token is no number that a program means: it is compared as text. */
const LONGEST_NUMBER = 400;
const SPACE = /\s/;
/** What `\s` matches beyond Latin. */
const SPACES = new Set([...'\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff'].map((one) => one.charCodeAt(0)));

/**
 * Whether a program's output is the expected one, token by token; both are read once, and no further than they agree.
 *
 * A token is what stands between white space. Where the expected token has a decimal point or an exponent, a number
 * within the stated tolerance is the same; where none is stated, one within 1e-6, relative, or absolute as far as the
 * expected one is written. Every other token must be equal, and a tolerance of 0 asks for equal texts.
 */
export function sameOutput(output: string, expected: string, tolerance?: number): boolean {
  if (output === expected) return true;
  let at = agreeing(output, expected);
  let from = at;
  for (;;) {
    at = spaceEnd(output, at);
    from = spaceEnd(expected, from);
    const end = tokenEnd(output, at);
    const until = tokenEnd(expected, from);
    if (end === at || until === from) return end === at && until === from;
    if (!sameToken(output.slice(at, end), expected.slice(from, until), tolerance)) return false;
    at = end;
    from = until;
  }
}

const CHUNK = 4096;

/** A place before which both texts are the same, at the start of a token. */
function agreeing(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let at = 0;
  while (at < shorter && one.slice(at, at + CHUNK) === other.slice(at, at + CHUNK)) at += CHUNK;
  at = Math.min(at, shorter);
  while (at > 0 && !isSpace(one.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the white space ends that begins at a place. */
function spaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function tokenEnd(text: string, from: number): number {
  const near = Math.min(text.length, from + LONGEST_NUMBER);
  let at = from;
  while (at < near && !isSpace(text.charCodeAt(at))) at++;
  if (at < near || at === text.length) return at;
  const space = text.slice(at).search(SPACE);
  return space < 0 ? text.length : at + space;
}

/** White space as `\s` has it; for most letters one comparison tells. */
const isSpace = (unit: number): boolean =>
  unit <= 32
    ? unit === 32 || (unit >= 9 && unit <= 13)
    : unit >= 0xa0 && (SPACES.has(unit) || (unit >= 0x2000 && unit <= 0x200a));

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
