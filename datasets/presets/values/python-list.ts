/**
 * A list of string literals as Python or JSON writes it, read without evaluating anything: `['a', "b\n"]`, tuples
 * too. Null where the text is something else.
 */
export const parsePythonList = (source: string): readonly string[] | null => {
  const text = source.trim();
  const closing = text.startsWith('[') ? ']' : text.startsWith('(') ? ')' : null;
  if (closing === null) return null;
  const items: string[] = [];
  let at = blanks(text, 1);
  while (text[at] !== closing) {
    const item = stringAt(text, at);
    if (item === null) return null;
    items.push(item.value);
    at = blanks(text, item.end);
    if (text[at] === ',') at = blanks(text, at + 1);
    else if (text[at] !== closing) return null;
  }
  return at === text.length - 1 ? items : null;
};

const blanks = (text: string, at: number): number => {
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
};

/** The string literal that begins here, and where it ends. */
const stringAt = (text: string, start: number): { value: string; end: number } | null => {
  const quote = text[start];
  if (quote !== "'" && quote !== '"') return null;
  const parts: string[] = [];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return { value: parts.join(''), end: at + 1 };
    if (text[at] !== '\\') parts.push(text[at]!);
    else {
      const escaped = escapeAt(text, at + 1);
      parts.push(escaped.value);
      at += escaped.length;
    }
  }
  return null;
};

const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** What follows a backslash. An unknown escape stands for itself, as in Python. */
const escapeAt = (text: string, at: number): { value: string; length: number } => {
  const letter = text[at] ?? '';
  if (Object.hasOwn(simple, letter)) return { value: simple[letter]!, length: 1 };
  const count = Object.hasOwn(digits, letter) ? digits[letter]! : 0;
  const code = text.slice(at + 1, at + 1 + count);
  if (count > 0 && code.length === count && /^[0-9a-f]+$/i.test(code) && Number.parseInt(code, 16) <= 0x10ffff)
    return { value: String.fromCodePoint(Number.parseInt(code, 16)), length: 1 + count };
  return { value: `\\${letter}`, length: 1 };
};
