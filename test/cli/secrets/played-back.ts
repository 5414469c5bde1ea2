import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unpack } from '../../../runtime/transports/embedded/packing.ts';

/** How a text may be written by whoever plays a key back. */
export const writings: Readonly<Record<string, (key: string) => string>> = {
  'as it is': (key) => key,
  'its first half': (key) => key.slice(0, key.length / 2),
  'its second half': (key) => key.slice(key.length / 2),
  'with the word before it': (key) => `Bearer ${key}`,
  'twice without a space': (key) => key + key,
  'in JSON': (key) => JSON.stringify({ key }),
  'in JSON in JSON': (key) => JSON.stringify(JSON.stringify({ key })),
  'in JSON by numbers': (key) => points(key, (point) => `\\u${point.toString(16).padStart(4, '0')}`),
  'in base64': (key) => base64(key),
  'in base64, one letter later': (key) => base64(`.${key}`),
  'in base64, two letters later': (key) => base64(`..${key}.`),
  'in base64 with the word before it': (key) => base64(`Bearer ${key}`),
  'in base64 as a user': (key) => base64(`user:${key}`),
  'in base64 for URLs': (key) => Buffer.from(key).toString('base64url'),
  'half of its base64': (key) => base64(key).slice(0, base64(key).length / 2),
  'in hexadecimal': (key) => hex(key),
  'in capitals of hexadecimal': (key) => hex(key).toUpperCase(),
  'half of its hexadecimal': (key) => hex(key).slice(hex(key).length / 2),
  'in hexadecimal with colons': (key) => (hex(key).match(/../g) ?? []).join(':'),
  'in a URL': (key) => `https://a.invalid/?key=${encodeURIComponent(key)}`,
  'in a URL in a URL': (key) => `https://a.invalid/?to=${encodeURIComponent(encodeURIComponent(key))}`,
  'in a URL, every letter': (key) => points(key, (point) => `%${point.toString(16)}`),
  'in HTML': (key) =>
    `<b>${key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</b>`,
  'in HTML by numbers': (key) => points(key, (point) => `&#${point};`),
  'in HTML by hexadecimal numbers': (key) => points(key, (point) => `&#x${point.toString(16)};`),
  'its middle': (key) => key.slice(8, 22),
  'its last twelve letters': (key) => `...${key.slice(-12)}`,
  'in brackets': (key) => `(${key}) [${key}] {${key}} <${key}>`,
  'as a variable': (key) => `export API_KEY='${key}'`,
  'as a cookie': (key) => `Set-Cookie: key=${encodeURIComponent(key)}; Path=/`,
  'as the user of a URL': (key) => `https://${encodeURIComponent(key)}:x@a.invalid/`,
  'as a path': (key) => `/v1/${key}/models`,
  'behind control characters': (key) => `\u001b[31m${key}\u001b[0m\u202e`,
  'in two lines': (key) => `${key.slice(0, 14)}\n${key.slice(14)}`,
  'in base64 of a header': (key) => base64(JSON.stringify({ Authorization: `Bearer ${key.replaceAll('"', '')}` })),
  'in base64 for URLs with the word before it': (key) => Buffer.from(`Bearer ${key}`).toString('base64url'),
  'in base64 in a URL': (key) => `data:text/plain;base64,${base64(key)}`,
  'in hexadecimal with spaces': (key) => (hex(key).match(/../g) ?? []).join(' '),
  'in hexadecimal as Python writes bytes': (key) => (hex(key).match(/../g) ?? []).map((pair) => `\\x${pair}`).join(''),
  'in a URL, every letter in capitals': (key) => points(key, (point) => `%${point.toString(16).toUpperCase()}`),
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const points = (text: string, write: (point: number) => string): string =>
  Array.from(text, (letter) => write(letter.codePointAt(0) as number)).join('');

/** Whether eight letters of the key stand in the text in a row, plainly or in any code that can be read back. */
export const holdsKey = (text: string, key: string): boolean => {
  const parts = Array.from({ length: key.length - 7 }, (_, at) => key.slice(at, at + 8));
  return readings(text).some((read) => parts.some((part) => read.includes(part)));
};

/** The text as it is, and what decoders make of it: none of them knows the mask. */
function readings(text: string): string[] {
  const unescaped = text.replace(/\\+u([0-9a-f]{4})/gi, (_, code) => letter(code, 16)).replace(/\\+(["\\/])/g, '$1');
  const fromUrl = [text, text.replace(/%25/g, '%')].map((one) =>
    one.replace(/%([0-9a-f]{2})/gi, (_, code) => letter(code, 16)),
  );
  const fromHtml = text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => letter(code, 16))
    .replace(/&#(\d+);/g, (_, code) => letter(code, 10))
    .replace(/&(amp|lt|gt|quot);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name as 'amp']);
  const fromHex = [...text.matchAll(/(?:[0-9a-f]{2}[: -]?){8,}/gi)].flatMap(([run]) =>
    [0, 1].map((from) => Buffer.from(run.replace(/[^0-9a-f]/gi, '').slice(from), 'hex').toString('latin1')),
  );
  const fromBase64 = [...text.matchAll(/[A-Za-z0-9+/_-]{10,}/g)].flatMap(([run]) =>
    [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')),
  );
  const fromPython = text.replace(/\\+x([0-9a-f]{2})/gi, (_, code) => letter(code, 16));
  return [text, unescaped, fromPython, ...fromUrl, fromHtml, ...fromHex, ...fromBase64];
}

const letter = (code: string, base: number): string => String.fromCodePoint(Number.parseInt(code, base) % 0x10ffff);

/** Everything that a run has left under a folder, by its name; what lies in the store as it is and read out of it. */
export const leftUnder = (folder: string): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry): [string, string][] => {
      const file = join(entry.parentPath, entry.name);
      const raw: [string, string] = [file, readFileSync(file, 'latin1')];
      return file.endsWith('sluice.db') ? [raw, ...rowsOf(file)] : [raw];
    });

function rowsOf(file: string): [name: string, text: string][] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
    return tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .map((row): [string, string] => [
          `${file}: ${name}`,
          Object.values(row)
            .map((value) => (value instanceof Uint8Array ? Buffer.from(unpack(value)).toString('latin1') : `${value}`))
            .join('\n'),
        ]),
    );
  } finally {
    database.close();
  }
}
