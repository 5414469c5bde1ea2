import type { Node } from '../../tree.ts';
import { plainWords } from './phrases.ts';

const LONGEST = 400;
/** What joins a subject to what is said of it. */
const COPULA =
  /(?<=[\s}$)])(?:is equal to|must be|will be|has to be|should be|is(?! to )|are|was|were|equals)(?=[\s\\:$({])[:\s]?/g;
/** It leaves the sentence open: a condition, a denial, a choice, a part of something else. */
const OPEN =
  /\b(?:if|unless|when|whenever|otherwise|else|not|no|never|neither|nor|cannot|isn't|aren't|either|maybe|perhaps|might|half|twice|third|double|triple|quarter)\b/i;
/** "9; for $n = 4$ it", "2 and the intercept": it said something before. */
const VALUED = /^[$\s]*-?\d[\d.]*[$\s]*(?:;|,|\b(?:and|while|whereas)\b)/;
const WORDS = /[a-z]{2,}/gi;

/**
 * A sentence that says what something is, `the largest $n$ is 34`: what it says of it. A formula as the subject makes
 * an equation, so that `x^2 is 4` is not 4. Null for other sentences, and where the subject is more than a name.
 */
export function readSentence(written: string, read: (content: string) => Node): Node | null {
  if (written.length > LONGEST) return null;
  const source = written.includes('{') ? written.replace(VERB_AS_TEXT, ' $1 ') : written;
  const copula = mainCopula(source);
  if (copula === undefined) return null;
  const subject = source.slice(0, copula.index);
  const said = source.slice(copula.index + copula[0].length).trim();
  if (said === '' || !isBalanced(subject) || OPEN.test(subject) || VALUED.test(subject)) return null;
  const words = plainWords(bare(subject)).match(WORDS) ?? [];
  const value = read(said);
  if (value.kind === 'unreadable') return null;
  if (value.kind === 'text' && PERSON.test(subject) && /^the one\b/i.test(said))
    return { kind: 'text', words: subject.trim() };
  if (words.length > 0 || value.kind === 'text') return value;
  const name = read(subject);
  return name.kind === 'unreadable' ? null : { kind: 'relation', operators: ['='], sides: [name, value] };
}

/** `Carlos is the one who knows`: who it is answers. */
const PERSON = /^(?!The |This |That |It |He |She )\p{Lu}\p{Ll}+ ?$/u;

/** "The number whose square is 3" says no more of it: behind each `whose` a copula says something of another thing. */
function mainCopula(source: string): RegExpExecArray | undefined {
  if (!MAY_JOIN.test(source)) return undefined;
  const copulas = [...source.matchAll(COPULA)];
  return copulas.find(({ index }, at) => count(source.slice(0, index), WHOSE) <= at);
}

const MAY_JOIN = /[\s}$)](?:is|are|was|were|equals|must|will|has|should)[\s\\:$({]/;
const WHOSE = /\bwhose\b/gi;

/** `k\text{ is }2`, `\frac{1}{0}\text{ is undefined}` */
const VERB_AS_TEXT = /\\text\s?\{\s?(is|are|equals|is equal to|is (?:undefined|not defined|infinite))\s?\}/g;

const UNKNOWN =
  /^(?:([a-zA-Z])|(?!it\b|th[aei]\w\b)((?:the |its )?[a-z]{3,20}(?: [a-z]{2,20}){0,3})) (?:is equal to|is|equals|=) (\S[^,;]{0,80})$/i;

/** `x is 91, y is 13`, `the slope is 2 and the intercept is 1`: the unknowns with their values. */
export function readUnknowns(written: string, read: (content: string) => Node): Node | null {
  if (written.length > LONGEST || !/\b(?:is|equals)\b/.test(written)) return null;
  const source = written.replace(/\\text\s?\{([^{}]*)\}/g, ' $1 ').replace(/\s+/g, ' ');
  const parts = source.split(/,? (?:and|while|whereas) |, /).map((part) => UNKNOWN.exec(part.trim()));
  if (parts.length < 2 || parts.includes(null)) return null;
  return read(parts.map((part) => `${part![1] ?? `\\text{${part![2]}}`} = ${part![3]}`).join(', '));
}

/** Without formulas' commands and the braces of texts. */
const bare = (subject: string): string =>
  subject.replace(/\\(?:text|mbox|textrm|mathrm|textbf)\s?\{([^{}]*)\}/g, ' $1 ').replace(/\\[a-zA-Z]+/g, ' ');

/** A copula within brackets or braces belongs to them, but for the braces of a text that it stands in. */
function isBalanced(text: string): boolean {
  const outside = text.replace(/\\(?:text|mbox|textrm|mathrm|textbf)\s?\{[^{}]*$/, '');
  return count(outside, /[{([]/g) === count(outside, /[})\]]/g);
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
