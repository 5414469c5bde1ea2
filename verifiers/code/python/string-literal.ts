const ESCAPE = /\\([0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\s\S])/g;
const PLAIN = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/**
 * The content of a Python string literal, without its quotes. `prefix` holds lower-case `r`, `b` or `u`.
 *
 * Null for what cannot be read: `\N{…}`, a half escape, a character that bytes cannot hold.
 */
export function unescapeString(body: string, prefix: string): string | null {
  const bytes = prefix.includes('b');
  if (bytes && /[^\0-\x7f]/.test(body)) return null;
  if (prefix.includes('r')) return body;
  let readable = true;
  const text = body.replace(/\r\n?/g, '\n').replace(ESCAPE, (whole, code: string) => {
    const plain = PLAIN.get(code);
    if (plain !== undefined) return plain;
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & (bytes ? 0xff : 0x1ff));
    const hex = /^(?:x|u|U)([\da-fA-F]+)$/.exec(code);
    const point = hex && (code[0] === 'x' || !bytes) ? Number.parseInt(hex[1]!, 16) : null;
    if (point !== null && point <= 0x10ffff) return String.fromCodePoint(point);
    if (!bytes && 'NuU'.includes(code[0]!)) readable = false;
    if (code === 'x') readable = false;
    return whole; // Python keeps an escape that it does not know
  });
  return readable ? text : null;
}
