import { type Budget, NoValue, spend } from '../budget.ts';
import { fraction, type Node, symbol } from '../tree.ts';
import { isUnitName } from '../value/units.ts';
import { isLabel, limits } from '../value/word-roles.ts';
import { readAtom } from './grammar/atom.ts';
import { readItem } from './grammar/item.ts';
import { readList } from './grammar/list.ts';
import { readPower } from './grammar/power.ts';
import { type Grammar, isCommand, newReader, type Reader } from './grammar/reader.ts';
import { readSum } from './grammar/sum.ts';
import { readTerm } from './grammar/term.ts';
import { remembering } from './remembering.ts';
import { tidy } from './tokens/tidy.ts';
import { ReadFailure } from './tokens/token.ts';
import { tokenise } from './tokens/tokenise.ts';
import { withoutCaption, withoutKind } from './words/captions.ts';
import { readClause } from './words/clause.ts';
import { readDenied } from './words/denied.ts';
import { readException } from './words/exceptions.ts';
import { readClass } from './words/forms/classes.ts';
import { readSpecial } from './words/forms/special-forms.ts';
import { readInequality } from './words/inequalities.ts';
import { readMembers } from './words/members.ts';
import { withOperations } from './words/operations.ts';
import { plainWords } from './words/phrases.ts';
import { readProse } from './words/prose.ts';
import { readSentence, readUnknowns } from './words/sentence.ts';

export const LONGEST_ANSWER = 6000;

const GRAMMAR: Grammar = {
  answer: readList,
  item: readItem,
  sum: readSum,
  term: readTerm,
  power: readPower,
  atom: readAtom,
};

/**
 * Reads a bare answer whole: nothing is searched, nothing left over. What no form fits is `text` where it is words,
 * else `unreadable`. Throws BudgetEnded only.
 */
export const readAnswer = remembering((source, budget) => {
  spend(budget, 1 + (Math.min(source.length, LONGEST_ANSWER) >> 3));
  if (source.length > LONGEST_ANSWER) return unreadable(source, 'too long');
  const tidied = withoutRemark(tidy(source));
  if (tidied === '') return unreadable(source, 'empty');
  return readWhole(tidied, budget, MOST_SENTENCES);
});

/** Sentences within sentences, `the answer is that the largest is 5`. */
const MOST_SENTENCES = 3;

/**
 * As most answers are: digits, signs, commands and single letters that measure nothing and number no choice. No form of words
 * fits them but a number that is said again, `5 (five)`, `15 (3 * 5)`.
 */
const FORMULA =
  /^(?!-?[\d.,]+ *\(|[([] ?-?\d{1,9} -?\d|\d{4}-\d\d-\d\d$|.{1,200}[,(] ?[ijkmn] ?(?:\\ge|>))(?:[-+*/=<>^{}()[\],!\d. ]|(?<![a-zA-Z0])[abcdefiklnpqrtuvwxyz](?![a-zA-Z])|\\(?:[dt]?frac|[dt]?binom|sqrt|pi|cdot|times|pm|infty|cup|cap|leq?|geq?|neq?|ln|log|exp|(?:arc)?(?:sin|cos|tan)|cot|sec|csc|theta|alpha|beta|gamma|lambda|phi|omega|[lr](?:floor|ceil|angle))(?![a-zA-Z]))+$/;

function readWhole(source: string, budget: Budget, sentences: number): Node {
  if (FORMULA.test(source)) return readFormula(source, budget);
  const read = (content: string): Node => readFormula(content, budget);
  const readSaid = (content: string): Node => readWhole(content, budget, sentences - 1);
  return (
    (sentences > 0 ? readException(source, readSaid) : null) ??
    readDenied(source, read) ??
    readInequality(source, read) ??
    readClass(source, read) ??
    readProse(source) ??
    readUnknowns(source, read) ??
    (sentences > 0 ? readSentence(source, readSaid) : null) ??
    readClause(source, read) ??
    readMembers(source, read) ??
    readSpecial(source, read) ??
    read(source)
  );
}

/** At the first failure the labels in front are left out, where they only name the answer. */
function readFormula(source: string, budget: Budget): Node {
  const first = parse(source, budget);
  if (first.kind !== 'unreadable') return first;
  const rest = withoutLabels(source);
  const second = rest === source ? first : parse(rest, budget);
  if (second.kind !== 'unreadable') return second;
  return looksLikeWords(source) ? { kind: 'text', words: plainWords(source) } : first;
}

function parse(source: string, budget: Budget): Node {
  try {
    const reader = newReader(tokenise(source, budget), GRAMMAR, budget);
    const above = readList(reader);
    const node = isCommand(reader, 'over')
      ? fraction(above, belowOf(reader))
      : isCommand(reader, 'choose')
        ? choice(above, belowOf(reader))
        : above;
    if (reader.at < reader.tokens.length) throw new ReadFailure(`${reader.tokens[reader.at]!.text} is left over`);
    return wordsAsText(node);
  } catch (error) {
    if (error instanceof ReadFailure || error instanceof NoValue) return unreadable(source, error.message);
    throw error;
  }
}

const choice = (upper: Node, lower: Node): Node => ({ kind: 'call', name: 'binom', args: [upper, lower] });

/** TeX's `1 \over 2` and `5 \choose 2` without braces. */
function belowOf(reader: Reader): Node {
  reader.at += 1;
  return readList(reader);
}

/** `12 (in total)`, but not `12 (rejected)`. */
function withoutRemark(written: string): string {
  if (!written.endsWith(')') && !written.endsWith('}')) return written;
  const source = written.replace(/\\text\s?\{\s?(\([^{}()]{1,80}\))\s?\}$/, '$1');
  const open = source.endsWith(')') ? source.lastIndexOf('(') : -1;
  if (open < 1) return written;
  if (
    /[\d}] $/.test(source.slice(0, open)) &&
    /^(?:or )?\d+\.\d+$/.test(source.slice(open + 1, -1)) &&
    source.includes('/')
  )
    return `${source.slice(0, open)}= ${source.slice(open + 1, -1).replace(/^or /, '')}`;
  const remark = source.slice(open + 1, -1).replace(/^\\text\s?\{|\}$/g, '');
  if (EXPLAINS.test(remark)) return source.slice(0, open).trim();
  const isRemark =
    /^[a-z][a-zA-Z\s,'-]{2,80}$/.test(remark) &&
    (OF_FORM.test(remark) || MULTIPLICITY.test(remark) || !limits(remark, isUnitName));
  return isRemark ? source.slice(0, open).trim() : written;
}

/** `(since x > 0)` */
const EXPLAINS = /^(?:and indeed|indeed|since|because|check)\b/i;

/** `(slope-intercept form)` */
const OF_FORM = /^(?:in )?(?:[a-z]+[ -]){1,3}(?:form|notation)$/;

/** A root that counts twice is one value. */
const MULTIPLICITY =
  /^(?:a )?(?:double|triple|repeated|simple) (?:root|zero|solution)$|^(?:with )?multiplicity (?:two|three)$/;

const LONGEST_LABEL = 60;
const MOST_LABELS = 3;

/** `Area: 5`, `\text{Answer: } 5`. */
function withoutLabels(source: string): string {
  let rest = source;
  for (let count = 0; count < MOST_LABELS; count += 1) {
    const colon = rest.slice(0, LONGEST_LABEL + 10).indexOf(':');
    const label = rest
      .slice(0, Math.max(colon, 0))
      .replace(/^\\text\s?\{|\}$/g, '')
      .trim();
    if (!/^[A-Za-z][A-Za-z\s]*$/.test(label) || !isLabel(label)) return rest;
    rest = rest
      .slice(colon + 1)
      .replace(/^\s?\}/, '')
      .trim();
  }
  return rest;
}

/** A unit that measures nothing is a word: `\text{east}`. */
function wordsAsText(node: Node): Node {
  if (node.kind === 'unit') return node.name.length === 1 ? symbol(node.name) : { kind: 'text', words: node.name };
  if (node.kind === 'list' || node.kind === 'set') return { ...node, items: node.items.map(wordsAsText) };
  if (node.kind === 'tuple') return { ...node, items: node.items.map(wordsAsText) };
  if (node.kind === 'multiply' || node.kind === 'add') {
    const worked = withOperations(withNamedConstant(node));
    return worked.kind === 'add' || worked === node ? withoutCaption(worked as typeof node) : worked;
  }
  if (node.kind === 'relation') {
    const [first, ...rest] = node.sides;
    return { ...node, sides: [withoutKind(first!), ...rest].map(wordsAsText) };
  }
  return node;
}

/** `x^3 + \text{const}` */
function withNamedConstant(node: Node & { kind: 'multiply' | 'add' }): Node & { kind: 'multiply' | 'add' } {
  const isNamed = (term: Node): boolean => term.kind === 'unit' && /^(?:an? |some )?const(?:ant|\.)?$/i.test(term.name);
  return node.kind === 'add' && node.terms.some(isNamed)
    ? { ...node, terms: node.terms.map((term) => (isNamed(term) ? symbol('C') : term)) }
    : node;
}

const looksLikeWords = (source: string): boolean =>
  /^[\p{L}\p{M}\p{N}\s'’.,:;!?()"%-]+$/u.test(source) && /\p{L}{3}/u.test(source);

const unreadable = (source: string, why: string): Node => ({ kind: 'unreadable', source: source.trim(), why });
