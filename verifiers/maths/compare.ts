/** A first, plain comparison: exact decimals and fractions, else the same characters. */
export function sameAnswer(reference: string, answer: string): boolean {
  const left = tidy(reference);
  const right = tidy(answer);
  const a = readNumber(left);
  const b = readNumber(right);
  return a !== null && b !== null ? a[0] * b[1] === b[0] * a[1] : left === right;
}

function tidy(text: string): string {
  return text
    .replace(/\\[$!,;]|\$|\{,\}|,(?=\d{3}(?!\d))|\s|\\left|\\right/g, '')
    .replace(/\\[dt]frac/g, '\\frac')
    .replace(/\\frac\{(-?\d+)\}\{(\d+)\}/, '$1/$2')
    .replace(/[.,]+$/, '')
    .replace(/^[a-z]=/i, '')
    .replace(/^([^:]*\d)(?:\\text\{.*\}|[a-z%\\]+)$/i, '$1');
}

function readNumber(text: string): [bigint, bigint] | null {
  const match = /^(-?)(\d{0,200})(?:\.(\d{0,200}))?(?:\/(\d{1,200}))?$/.exec(text);
  if (match === null || !/\d/.test(text)) return null;
  const decimals = match[3] ?? '';
  const value = BigInt(match[2] + decimals) * (match[1] === '-' ? -1n : 1n);
  return [value, 10n ** BigInt(decimals.length) * BigInt(match[4] ?? '1')];
}
