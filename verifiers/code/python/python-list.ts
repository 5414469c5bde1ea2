import { readLiteral } from './literal.ts';
import { tokenReader } from './token-reader.ts';
import { tokenize } from './tokens.ts';

/**
 * Reads a Python list of strings written as text, without evaluating anything: `['assert f(1) == 2', "x"]`.
 *
 * Throws a SyntaxError that says what was found when the text is anything else.
 */
export function parsePythonList(text: string): string[] {
  const tokens = tokenize(text.trim());
  const reader = tokens && tokenReader(tokens);
  const value = reader ? readLiteral(reader) : undefined;
  if (reader?.peek().type === 'newline') reader.next();
  const whole = reader?.peek().type === 'end';
  if (!whole || value === null || typeof value !== 'object' || value.kind !== 'list') throw refused(text);
  return value.items.map((item) => {
    if (typeof item !== 'string') throw refused(text);
    return item;
  });
}

function refused(text: string): SyntaxError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new SyntaxError(`A Python list of strings was expected, such as ['a', 'b'], but found: ${shown}`);
}
