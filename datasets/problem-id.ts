import { hash } from 'node:crypto';
import type { Problem } from '../schemas/types.ts';

type Identity = Pick<Problem, 'domain' | 'statement' | 'choices' | 'tests'>;

/** Raised when what an id is made of changes: then every id changes. */
const version = 'sluice-problem-1';

/**
 * What a problem is known by, whatever data set it comes from: the first 128 bits, in hex, of SHA-256 over version,
 * domain, statement, choices and, where it has any, the tests with their entry point. Unicode form and white space do not
 * count.
 */
export const problemId = ({ domain, statement, choices, tests }: Identity): string =>
  hash('sha256', JSON.stringify([version, domain, plain(statement), choices.map(plain), tests])).slice(0, 32);

/** Text in which only differences of content are left. */
export const plain = (text: string): string => {
  const trimmed = text.normalize('NFC').trim();
  // Most statements need no change, and asking is cheaper than replacing.
  return /\s\s|[^\S ]/u.test(trimmed) ? trimmed.replace(/\s+/gu, ' ') : trimmed;
};

/**
 * A problem's reference in one spelling: two rows with the same id must agree in it. It evens out what data sets
 * spell differently without meaning anything else (dollar signs, a box, \dfrac, spaces, thousands separators, a full
 * stop, zeros before and after a number), and nothing more: it is no judgement of equivalence.
 */
export const referenceOf = ({ domain, answer, tests }: Pick<Problem, 'domain' | 'answer' | 'tests'>): string => {
  if (answer === null) return tests ?? '';
  const text = answer.normalize('NFC');
  if (domain === 'maths') return oneSpelling(text);
  return domain === 'choice' ? text.trim().toUpperCase() : text.trim();
};

/** A hash of a problem's reference: what two rows of one problem must agree in. */
export const contentOf = (problem: Pick<Problem, 'domain' | 'answer' | 'tests'>): string =>
  hash('sha256', referenceOf(problem)).slice(0, 32);

const oneSpelling = (answer: string): string => {
  const text = answer
    .replaceAll(/\\[dt]frac/g, '\\frac')
    .replaceAll(/\\(?:left|right|displaystyle|[,;:! ])/g, '')
    .replaceAll(/[\s$]/g, '')
    .replace(/\.$/, '');
  const inner = text.startsWith('\\boxed{') && text.endsWith('}') ? text.slice('\\boxed{'.length, -1) : text;
  return /^[+-]?\d[\d,]*(\.\d+)?$/.test(inner) ? plainNumber(inner) : inner;
};

const plainNumber = (number: string): string => {
  const [whole = '', decimals = ''] = number
    .replace(/^\+/, '')
    .replaceAll(/,(?=\d{3}(?:\D|$))/g, '')
    .split('.');
  // No pattern here: `0+$` takes quadratic time on a long run of zeros before another digit.
  let end = decimals.length;
  while (end > 0 && decimals[end - 1] === '0') end--;
  const units = whole.replace(/^(-?)0+(?=\d)/, '$1');
  return end === 0 ? units : `${units}.${decimals.slice(0, end)}`;
};
