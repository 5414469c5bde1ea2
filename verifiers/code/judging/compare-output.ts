const DECIMAL = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const TOLERANCE = 1e-6;

/**
 * Whether a program's output is the expected one, token by token.
 *
 * A token is what stands between white space. Where the expected token has a decimal point, a number within 1e-6,
 * relative or absolute, is the same; every other token must be equal.
 */
export function sameOutput(output: string, expected: string): boolean {
  const tokens = split(output);
  const wanted = split(expected);
  return tokens.length === wanted.length && wanted.every((token, index) => sameToken(tokens[index]!, token));
}

function split(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== '');
}

function sameToken(token: string, expected: string): boolean {
  if (token === expected) return true;
  if (!DECIMAL.test(expected) || !NUMBER.test(token)) return false;
  return near(Number(token), Number(expected));
}

/** Within 1e-6, relative or absolute. */
export function near(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}
