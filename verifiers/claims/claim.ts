import type { Convention } from '../port.ts';
import type { Statement } from './sentence/parts/pieces.ts';
import type { Range } from './words/phrases.ts';

/** What becomes of what is claimed; only what is stated answers. */
export type Stance = 'stated' | 'denied' | 'asked' | 'supposed' | 'corrected' | 'option';

export type Weight = 0 | 1 | 2;

/** One thing that a turn says, as it stands there. */
export interface Claim {
  readonly text: string;
  readonly how: Convention;
  readonly stance: Stance;
  /** What it is said of, as it stands there: `The largest $n$`. */
  readonly subject: string | null;
  /** How much a cue is trusted: 2 where it is called final, 1 where it is called the answer, 0 for a label or none. */
  readonly weight: Weight;
  /** Where it begins in the answer. */
  readonly at: number;
}

export const claimOf = (
  text: string,
  statement: Statement,
  how: Claim['how'],
  stance: Stance,
  weight: Weight,
): Claim => ({
  text: trimmed(text, statement),
  how,
  stance,
  subject: statement.subject === null ? null : trimmed(text, statement.subject),
  weight,
  at: statement.start,
});

/** What is stated last, by its own words. */
export const lastClaim = (said: string, { start }: Range): Claim => ({
  text: said,
  how: 'last',
  stance: 'stated',
  subject: null,
  weight: 0,
  at: start,
});

/** Without what only sets it apart: quotes, colons, stops. */
export function trimmed(text: string, { start, end }: Range): string {
  const said = listed(text.slice(start, end))
    .replace(LEADING_ORNAMENTS, '')
    .replace(/^(?:[\s:：,;"“”„«»‹›「」『』'`=*…—]|\.(?=\s)|\.{3})+/, '')
    .replace(/^[-–—]\s{1,3}(?=[^\s\d\\$(])/, '');
  let last = said.length - (ORNAMENTS.exec(said.slice(-30))?.[0].length ?? 0);
  while (last > 0 && CLOSING.has(said[last - 1]!)) last -= 1;
  if (/[)}]/.test(said[last - 1] ?? '') && isUnopened(said.slice(0, last))) last -= 1;
  if (/\d\.\d{2,40}$/.test(said.slice(0, last)) && said.startsWith('...', last)) return `${said.slice(0, last)}...`;
  if (said[last] === '"' && /\d\s?['′]\s?\d{1,2}$/.test(said.slice(0, last))) return `${said.slice(0, last)}"`;
  return said[last] === '!' ? `${said.slice(0, last)}!` : said.slice(0, last);
}

/** The end of a line between two values of a list that has one on each: "a = 7", "b = 3". */
const LISTED_BELOW = /(?<=[^$]\$|[\d)}])[ \t]{0,8}\n[ \t]{0,8}(?=\$(?!\$)|[A-Za-z]\w?\s?=)/g;

/** "(a) 3, (b) 10": what counts the parts behind the first. */
const COUNTED_PART = /(?<=[,;] |\band )\((?:[b-h]|ii|iii|iv)\) (?=[-$\d])/g;

/** "(0, 0) and at (1, 1)" */
const PLACED_ALIKE = /(?<=\)\$?) and at (?=\$?\()/g;

/** A list as a list, however it is set. */
function listed(said: string): string {
  const inLine = said.includes('\n') ? said.replace(LISTED_BELOW, ', ') : said;
  const uncounted = inLine.includes(' (') ? inLine.replace(COUNTED_PART, '') : inLine;
  if (uncounted.includes(' and at ')) return uncounted.replaceAll(PLACED_ALIKE, ' and ');
  return uncounted.includes(' as well as ') ? uncounted.replaceAll(' as well as ', ' and ') : uncounted;
}

/** "(Answer: 23)", `\textbf{Answer: 23}`: the bracket that ends there began before. */
function isUnopened(said: string): boolean {
  let open = 0;
  for (const sign of said) {
    if ('([{'.includes(sign)) open += 1;
    else if (')]}'.includes(sign)) open -= 1;
  }
  return open < 0 && !said.startsWith(']');
}

/** What only decorates: a tick, a party popper; a cross says that it does not hold. */
const ORNAMENTS = /(?:\s|\uFE0F|✓|☑|[■□∎▪◼◻]|(?!✗|✘|❌|✖|©|®|™)\p{Extended_Pictographic}){1,12}$/u;
const LEADING_ORNAMENTS = /^\s{0,9}(?:\uFE0F|✓|☑|[■□∎▪◼◻]|(?!✗|✘|❌|✖|©|®|™)\p{Extended_Pictographic}){1,6}\uFE0F?/u;

const CLOSING: ReadonlySet<string> = new Set([...' \t\n\r,;:"“”„«»‹›「」『』`.。!*']);
