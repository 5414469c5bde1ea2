import { unescapeString } from './string-literal.ts';

/** A piece of Python source. `column` counts the characters before it on its line (for the first of a line). */
export type Token =
  | { readonly type: 'name' | 'operator'; readonly text: string; readonly column: number }
  | { readonly type: 'number'; readonly text: string; readonly column: number }
  | { readonly type: 'string' | 'bytes'; readonly value: string; readonly column: number }
  | { readonly type: 'newline' | 'end'; readonly column: number };

const OPERATORS =
  /(?:\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|==|<=|>=|->|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|\*\*|\/\/|<<|>>|[-+*/%@&|^~<>()[\]{},:.;=])/y;
const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*/uy;
const STRING_START = /([bBrRuU]{0,2})('''|"""|'|")/y;
const BLANK = /(?:[ \t\f]+|\\\r?\n)/y;
const COMMENT = /#[^\n]*/y;
const LINE_END = /\r?\n|\r/y;

/** Cuts Python source into tokens; null for what this tokenizer does not know (f-strings, stray characters). */
export function tokenize(source: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  let lineStart = 0;
  let depth = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < source.length) {
    const column = at - lineStart;
    if (match(BLANK) || match(COMMENT)) continue;
    if (match(LINE_END)) {
      lineStart = at;
      const last = tokens.at(-1);
      if (depth === 0 && last && last.type !== 'newline') tokens.push({ type: 'newline', column });
      continue;
    }
    const start = match(STRING_START);
    if (start) {
      const end = stringEnd(source, at, start[2]!);
      const prefix = start[1]!.toLowerCase();
      const value = end === null ? null : unescapeString(source.slice(at, end), prefix);
      if (end === null || value === null) return null;
      at = end + start[2]!.length;
      tokens.push({ type: prefix.includes('b') ? 'bytes' : 'string', value, column });
      continue;
    }
    // A point between digits belongs to the number, so numbers come before operators.
    const number = match(NUMBER);
    const name = number ? null : match(NAME);
    const operator = number || name ? null : match(OPERATORS);
    const found = number ?? name ?? operator;
    if (!found) return null;
    if (operator && '([{'.includes(operator[0])) depth += 1;
    if (operator && ')]}'.includes(operator[0])) depth = Math.max(0, depth - 1);
    tokens.push({ type: number ? 'number' : name ? 'name' : 'operator', text: found[0], column });
  }
  if (tokens.length > 0 && tokens.at(-1)!.type !== 'newline') tokens.push({ type: 'newline', column: 0 });
  tokens.push({ type: 'end', column: 0 });
  return tokens;
}

function stringEnd(source: string, from: number, quote: string): number | null {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source.startsWith(quote, at)) return at;
    else if (source[at] === '\n' && quote.length === 1) return null;
  }
  return null;
}
