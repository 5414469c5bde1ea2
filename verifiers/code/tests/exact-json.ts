/** A number whose text a double does not hold: `2.0`, which Python reads as a float, or an integer beyond 2^53. */
export interface WrittenNumber {
  readonly rawJSON: string;
}

/** JavaScript's own, which TypeScript does not know yet (ECMA-262, JSON.parse source text access). */
const json = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): WrittenNumber;
  isRawJSON(value: unknown): value is WrittenNumber;
};

/** A number that JSON.parse and JSON.stringify together may write otherwise. */
const DELICATE = /\d{16}|\d\.\d*0(?!\d)|\d[eE]/;

/**
 * JSON, its numbers as they were written: one that would come back otherwise is a WrittenNumber, which JSON.stringify
 * writes as it was. Throws a SyntaxError for what is no JSON.
 */
export function parseExactly(text: string): unknown {
  if (!needsExactness(text)) return JSON.parse(text);
  return json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== `${value}` ? json.rawJSON(source) : value,
  );
}

/** Whether a number in it may come back otherwise: then each of its values is looked at. */
export const needsExactness = (text: string): boolean => DELICATE.test(text);

export const isWrittenNumber = (value: unknown): value is WrittenNumber => json.isRawJSON(value);
