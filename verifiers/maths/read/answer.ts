import { type Budget, BudgetEnded, NoValue, spend } from '../budget.ts';
import { type Node, symbol } from '../tree.ts';
import { readAtom } from './grammar/atom.ts';
import { readItem } from './grammar/item.ts';
import { readList } from './grammar/list.ts';
import { readPower } from './grammar/power.ts';
import { type Grammar, newReader } from './grammar/reader.ts';
import { readSum } from './grammar/sum.ts';
import { readTerm } from './grammar/term.ts';
import { tidy } from './tokens/tidy.ts';
import { ReadFailure } from './tokens/token.ts';
import { tokenise } from './tokens/tokenise.ts';
import { withoutCaption } from './words/captions.ts';
import { readClause } from './words/clause.ts';
import { plainWords } from './words/phrases.ts';
import { readProse } from './words/prose.ts';
import { readSpecial } from './words/special-forms.ts';

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
export function readAnswer(source: string, budget: Budget): Node {
  spend(budget, 1 + (Math.min(source.length, LONGEST_ANSWER) >> 3));
  if (source.length > LONGEST_ANSWER) return unreadable(source, 'too long');
  const tidied = tidy(source);
  if (tidied === '') return unreadable(source, 'empty');
  const read = (content: string): Node => readFormula(content, budget);
  return readProse(tidied) ?? readClause(tidied, read) ?? readSpecial(tidied, read) ?? read(tidied);
}

function readFormula(source: string, budget: Budget): Node {
  try {
    const reader = newReader(tokenise(source), GRAMMAR, budget);
    const node = readList(reader);
    if (reader.at < reader.tokens.length) throw new ReadFailure(`${reader.tokens[reader.at]!.text} is left over`);
    return wordsAsText(node);
  } catch (error) {
    if (error instanceof BudgetEnded) throw error;
    if (error instanceof ReadFailure || error instanceof NoValue) return fallback(source, error.message, budget);
    throw error;
  }
}

/** A remark in brackets, or a label before a colon, is left out at the second attempt. */
function fallback(source: string, why: string, budget: Budget): Node {
  const remark = /^(.+\S)\s*\((?:\\text\s*\{)?[a-z][a-zA-Z\s,'-]{2,80}\}?\)$/s.exec(source);
  if (remark !== null) return readFormula(remark[1]!, budget);
  const label = /^(?:\\text\s*\{)?[A-Za-z][A-Za-z\s]{0,60}(?:\})?\s*:\s*(\S.*)$/s.exec(source);
  if (label !== null) return readFormula(label[1]!, budget);
  return looksLikeWords(source) ? { kind: 'text', words: plainWords(source) } : unreadable(source, why);
}

/** A unit that measures nothing is a word: `\text{east}`. */
function wordsAsText(node: Node): Node {
  if (node.kind === 'unit') return node.name.length === 1 ? symbol(node.name) : { kind: 'text', words: node.name };
  if (node.kind === 'list' || node.kind === 'set') return { ...node, items: node.items.map(wordsAsText) };
  if (node.kind === 'tuple') return { ...node, items: node.items.map(wordsAsText) };
  if (node.kind === 'multiply' || node.kind === 'add') return withoutCaption(node);
  if (node.kind === 'relation') return { ...node, sides: node.sides.map(wordsAsText) };
  return node;
}

const looksLikeWords = (source: string): boolean =>
  /^[\p{L}\p{M}\p{N}\s'’.,:;!?()"%-]+$/u.test(source) && /\p{L}{3}/u.test(source);

const unreadable = (source: string, why: string): Node => ({ kind: 'unreadable', source: source.trim(), why });
