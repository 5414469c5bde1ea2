import { parsePythonLiteral } from './python-literal.ts';

/** JSON with its numbers as they were written, for tests of programs. */
export { parseExactly } from '../../verifiers/code/tests/exact-json.ts';

/** A value that may stand in a column as JSON text, or as the text that Python prints of it; else as it is. */
export const unpacked = (value: unknown, parse: (text: string) => unknown = JSON.parse): unknown => {
  if (typeof value !== 'string' || !/^\s{0,99}[[{(]/.test(value)) return value;
  try {
    return parse(value);
  } catch {
    return parsePythonLiteral(value) ?? value;
  }
};
