import { answersAmong } from '../../claims/choose.ts';
import { claimsIn } from '../../claims/claims.ts';
import { lastBoxed } from '../../claims/text/boxes.ts';
import { type Budget, BudgetEnded, newBudget, spend } from '../budget.ts';
import type { Node } from '../tree.ts';
import { contains, freeSymbols } from '../value/scan.ts';
import { readUnit } from '../value/units.ts';
import { LONGEST_ANSWER, readAnswer } from './answer.ts';
import { remembering } from './remembering.ts';

/**
 * Reads a reference whole, for it is a bare answer. One that is a worked solution or a sentence, as some data sets have
 * it, is read from its box or from its `####` line, a list in JSON text by its items. What could only be read in a way
 * that nobody means (prose as a product of letters) is `unreadable` and says why.
 */
export const readReference = remembering((source: string, budget: Budget): Node => {
  const items = itemsOf(source);
  if (items !== null) return listOf(items.map((item) => readReference(item, budget)));
  const within = answerWithin(source);
  if (source.length < 60 && PLACEHOLDER.test(source.trim()))
    return { kind: 'unreadable', source: source.trim(), why: 'it stands for an answer that is missing' };
  const node = readAnswer(within ?? source, budget);
  if (!isUnlikely(node, within ?? source) && node.kind !== 'unreadable') return node;
  const said = within === null ? answerSaid(source, budget) : null;
  if (said !== null) return said;
  return node.kind === 'unreadable'
    ? node
    : { kind: 'unreadable', source: source.trim(), why: 'prose that holds no answer by itself' };
});

/** A worked solution without a box may say which its answer is; nothing less than that is looked for. */
function answerSaid(source: string, budget: Budget): Node | null {
  if (source.length > LONGEST_SOLUTION) return null;
  spend(budget, source.length >> 5);
  const [claim] = answersAmong(claimsIn(source).claims, ['boxed', 'cue']);
  if (claim === undefined || (claim.how === 'cue' && claim.weight === 0)) return null;
  const node = readAnswer(claim.text, budget);
  return node.kind === 'unreadable' || isUnlikely(node, claim.text) ? null : node;
}

const LONGEST_SOLUTION = 20_000;

export type ReferenceCheck = { readonly readable: true } | { readonly readable: false; readonly why: string };

/** Whether answers can be compared with a reference, before anyone is asked for one. */
export function checkReference(answer: string, steps?: number): ReferenceCheck {
  if (PLAIN_NUMBER.test(answer)) return { readable: true };
  try {
    const node = readReference(answer, newBudget(steps));
    const unread = [...itemsWithin(node)].find((inner) => inner.kind === 'unreadable');
    return unread?.kind === 'unreadable' ? { readable: false, why: unread.why } : { readable: true };
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    return { readable: false, why: 'the step budget ended' };
  }
}

/** What most references are, and nothing has to be read of. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;

function* itemsWithin(node: Node): Generator<Node> {
  yield node;
  if (node.kind === 'list') yield* node.items;
}

const listOf = (items: readonly Node[]): Node => (items.length === 1 ? items[0]! : { kind: 'list', items });

const MOST_ITEMS = 400;

/** The strings of `["4"]` or `['1', '2']`; null for any other text. */
function itemsOf(source: string): readonly string[] | null {
  const trimmed = source.trim();
  if (
    !trimmed.startsWith('[') ||
    trimmed.length > LONGEST_ANSWER ||
    !/^\[\s?["']/.test(trimmed) ||
    !/["']\s?\]$/.test(trimmed)
  )
    return null;
  const items = parsed(trimmed) ?? parsed(trimmed.replaceAll("'", '"'));
  const strings = Array.isArray(items) && items.length > 0 && items.length <= MOST_ITEMS;
  return strings && items.every((item) => typeof item === 'string') ? items : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function answerWithin(source: string): string | null {
  const marks = source.lastIndexOf('####');
  if (marks >= 0) return source.slice(marks + 4);
  const open = Math.max(source.lastIndexOf('\\boxed'), source.lastIndexOf('\\fbox'));
  if (open < 0) return null;
  const boxed = lastBoxed(source);
  return boxed === null ? unclosed(source.slice(open)) : `${boxed}${unitBehind(source, boxed)}`;
}

/** `\boxed{W = 1`: what stands behind a brace that is missing alone; null where more of it is. */
function unclosed(box: string): string | null {
  const content = /^\\(?:boxed|fbox)\s?\{(.+)$/s.exec(box)?.[1];
  const missing = content === undefined || content.split('{').length !== content.split('}').length;
  return missing ? null : content;
}

/** `\boxed{1.6} \mathrm{~cm}`: the unit may stand behind its box. */
function unitBehind(source: string, boxed: string): string {
  const rest = source.slice(
    source.lastIndexOf(boxed) + boxed.length + 1,
    source.lastIndexOf(boxed) + boxed.length + 41,
  );
  return /^\s?\\(?:text|mathrm)\s?\{[~\sa-zA-Z^/0-9-]{1,30}\}/.exec(rest)?.[0] ?? '';
}

/** What stands in a column of answers where there is none. */
const PLACEHOLDER =
  /^(?:proof|(?:see|refer to) (?:the )?(?:proof|solution|explanation|above|below)(?: above| below)?|n\/a|nan|null|nil|not (?:available|given|provided)|no answer (?:given|provided|available)|answers? (?:may )?vary|-+|\?+)\.?$/i;

const MOST_WORDS = 8;
const MOST_SYMBOLS = 5;

/** Prose that the grammar of formulas took for a product of words and letters, or words too many to be said again. */
function isUnlikely(node: Node, source: string): boolean {
  if (node.kind === 'unreadable' || node.kind === 'number') return false;
  // What stands in commands counts too here, so that most references are not looked at closely.
  if ((source.match(/[a-zA-Z]{2,}/g)?.length ?? 0) < (node.kind === 'text' ? MOST_WORDS : 3)) return false;
  const plain = source.replace(/\\(?:text|mbox|mathrm|textbf)\s?\{[^{}]*\}/g, ' ').replace(/\\[a-zA-Z]+/g, ' ');
  const words = plain.match(/[a-zA-Z]{2,}/g)?.length ?? 0;
  if (node.kind === 'text') return words > MOST_WORDS;
  if (words < 3 || node.kind === 'qualified' || node.kind === 'labelled') return false;
  const unread = contains(node, (inner) => inner.kind === 'unit' && readUnit(inner.name).limits);
  return unread || freeSymbols(node).size > MOST_SYMBOLS;
}
