import { isKnownWord } from '../../value/word-roles.ts';
import type { Token } from './token.ts';
import { FUNCTIONS, GREEK, SHORT_WORDS } from './vocabulary.ts';

type Part = { readonly kind: 'letter' | 'word' | 'command' | 'mark'; readonly text: string };

const SEPARATORS = new Set(['and', 'or']);
const NAMED: Readonly<Record<string, string>> = {
  pi: 'pi',
  infinity: 'infty',
  infty: 'infty',
  inf: 'infty',
  oo: 'infty',
  union: 'cup',
  sqrt: 'sqrt',
  cup: 'cup',
};

/**
 * Reads a run of letters: a name of a function or a constant (`sin`, `pi`), a word of a language or a unit
 * (`apples`, `cm`), or a product of variables (`xyz`), in that order. A run of capitals is one name (`AB`), so that
 * `AC` is not `CA`. The lengths of the parts sum to the run's.
 */
export function splitLetters(run: string, previous: Token | undefined): Part[] {
  if (run.length === 1) return [{ kind: 'letter', text: run }];
  if (SEPARATORS.has(run.toLowerCase())) return [{ kind: 'mark', text: run }];
  if (isMeasure(run, previous)) return [{ kind: 'word', text: run }];
  const named = known(run);
  if (named !== null) return [named];
  if (isWord(run, previous)) return [{ kind: 'word', text: run }];
  const prefix = functionPrefix(run);
  if (prefix !== null) return [{ kind: 'command', text: prefix }, ...splitLetters(run.slice(prefix.length), undefined)];
  if (CURRENCIES.has(run)) return [{ kind: 'word', text: run }];
  if (/^[A-Z]{2,5}$/.test(run)) return [{ kind: 'letter', text: run }];
  return [{ kind: 'letter', text: run[0]! }, ...splitLetters(run.slice(1), undefined)];
}

const CURRENCIES: ReadonlySet<string> = new Set('USD EUR GBP CNY RMB INR JPY RUB CAD AUD CHF'.split(' '));

/** `20 min` and `30 sec` are times, not functions. */
export const isMeasure = (run: string, previous: Token | undefined): boolean =>
  (run === 'min' || run === 'sec') && previous?.kind === 'number';

function known(run: string): Part | null {
  if (NAMED[run] !== undefined || FUNCTIONS.has(run) || (GREEK.has(run) && run !== 'partial'))
    return { kind: 'command', text: run };
  return null;
}

function isWord(run: string, previous: Token | undefined): boolean {
  if (run === 'in') return previous?.kind === 'number';
  if (SHORT_WORDS.has(run)) return run.length > 2 || previous === undefined || previous.kind !== 'letter';
  if (run.includes("'") || isKnownWord(run)) return true;
  if (/^[A-Z][a-z]{2,}$/.test(run)) return true;
  if (run.length < 4 || /^[A-Z]+$/.test(run)) return false;
  const prefix = functionPrefix(run);
  if (prefix !== null && run.length - prefix.length <= 2) return false;
  return /[aeiouy]/i.test(run) && !isAscending(run);
}

/** `abcd` and `wxyz` are products. */
const isAscending = (run: string): boolean => [...run].every((char, index) => index === 0 || char > run[index - 1]!);

function functionPrefix(run: string): string | null {
  for (let length = Math.min(run.length - 1, 7); length >= 2; length -= 1) {
    const prefix = run.slice(0, length);
    if (FUNCTIONS.has(prefix) || prefix === 'pi') return prefix;
  }
  return null;
}
