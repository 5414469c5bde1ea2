import { has, type Phrase } from '../../claims/words/phrases.ts';
import type { Role } from '../../claims/words/roles.ts';

/** What the words before an option make of it. */
export type Lead = 'claims' | 'denies' | 'excepts' | 'supposes' | 'bare' | 'nothing';

const STEPPED_OVER: readonly Role[] = [
  'only',
  'kind',
  'hedge',
  'pronoun',
  'join',
  'restate',
  'wait',
  'retract',
  'but',
  'label',
];
/** As many words of no role may stand between an option and what leads to it. */
const MOST_WORDS = 3;

const MOST_ADVERBS = 2;

/** Read back from the option: the first phrase that does anything decides. */
export function leadOf(lead: readonly Phrase[]): Lead {
  let words = 0;
  for (let at = lead.length - 1; at >= 0; at -= 1) {
    const phrase = lead[at]!;
    if (has(phrase, 'except')) return 'excepts';
    // "We cannot exclude B" does not choose it, "not wrong" does.
    if (has(phrase, 'bad', 'deny', 'wrong'))
      return !isDenied(lead, at) ? 'denies' : has(phrase, 'deny') ? 'nothing' : 'claims';
    if (isColon(phrase) && has(lead[at - 1], 'numbered')) return 'nothing';
    if (isColon(phrase) && has(lead[at - 1], 'bad', 'wrong')) return isDenied(lead, at - 1) ? 'claims' : 'denies';
    if (has(phrase, 'report', 'suppose', 'concede')) return 'supposes';
    if (has(phrase, 'hedge') && has(phrase, 'link')) return 'supposes';
    if (isColon(phrase) && !has(lead[at - 1], 'answer', 'label', 'kind', 'good', 'bad', 'pick', 'opine', 'link'))
      return 'bare';
    if (has(phrase, 'link', 'pick', 'answer', 'good', 'right', 'opine'))
      return doubted(lead.slice(0, at)) ?? (isDenied(lead, at) ? 'denies' : 'claims');
    if (has(phrase, 'conclude')) return words === 0 ? 'bare' : 'nothing';
    if (has(phrase, ...STEPPED_OVER)) continue;
    // "Not in the mitochondria"
    if (has(phrase, 'subordinate', 'modify', 'condition', 'mentions'))
      return has(phrase, 'subordinate') && has(lead[at - 1], 'deny') ? 'denies' : 'nothing';
    words += 1;
    if (words > MOST_WORDS) return 'nothing';
  }
  return words === 0 ? 'bare' : 'nothing';
}

/** A colon leads to the option, but not to what is said of it: "To answer this: A is…". */
const isColon = (phrase: Phrase): boolean => has(phrase, 'sign');

const doubted = (before: readonly Phrase[]): Lead | null =>
  before.some((phrase) => has(phrase, 'suppose', 'report', 'concede')) ? 'supposes' : null;

/** Whether a denial stands right before what leads to the option, or before what is thought of it. */
function isDenied(lead: readonly Phrase[], from: number): boolean {
  let words = 0;
  let names = has(lead[from], 'answer');
  for (let at = from - 1; at >= 0; at -= 1) {
    const phrase = lead[at]!;
    if (has(phrase, 'deny') && !has(phrase, 'bad')) return !isDenied(lead, at);
    // "It is false that B holds."
    if (has(phrase, 'wrong') && has(lead[at + 1], 'pronoun')) return !isDenied(lead, at);
    // "The only option I'd exclude is A", "the one that is ruled out is A".
    if (at === from - 1 && has(phrase, 'deny', 'out')) return !isDenied(lead, at);
    if (names && has(phrase, 'link')) {
      names = false;
      continue;
    }
    if (has(phrase, 'answer', 'pronoun', 'opine', 'kind', 'only', 'label')) continue;
    words += 1;
    if ((phrase.roles.size > 0 && !has(phrase, 'unreal')) || words > MOST_ADVERBS) return false;
  }
  return false;
}

/** "The only one that fails", "the one to reject": it may be what was asked for, or not; "right in form, but wrong" is denied. */
function turnedBehind(rest: readonly Phrase[]): 0 | -1 | null {
  const [first, second] = rest;
  if (has(first, 'bad') || (has(first, 'range') && has(second, 'bad', 'link'))) return 0;
  if (has(first, 'pronoun')) return tailOf(rest.slice(1)) === -1 ? 0 : null;
  const but = rest.findIndex((phrase) => has(phrase, 'but'));
  return but >= 0 && but < MOST_WORDS && has(rest[but + 1], 'bad', 'wrong') ? -1 : null;
}

const limits = (phrase: Phrase | undefined): boolean => has(phrase, 'subordinate', 'condition');

/** What the words behind an option say of it: 1 that it holds, -1 that it does not, 0 neither. */
export function tailOf(tail: readonly Phrase[]): 1 | -1 | 0 {
  const [first, second] = tail;
  if (tail.length === 1 && has(first, 'pick', 'opine', 'answer') && !has(first, 'others', 'bad')) return 1;
  if (tail.length === 1 && has(first, 'wait')) return -1;
  if (tail.length === 2 && isColon(first!) && has(second, 'wait')) return -1;
  // "C: this is incorrect"
  if (has(first, 'retract') || (first !== undefined && isColon(first) && has(second, 'retract'))) return -1;
  let sign: 1 | -1 = 1;
  let linked = false;
  let words = 0;
  for (const [index, phrase] of tail.entries()) {
    // "B cannot be ruled out" says nothing of it.
    if (has(phrase, 'deny') && has(phrase, 'wrong') && has(tail[index + 1], 'bad')) return 0;
    if (has(phrase, 'bad', 'wrong')) return sign === 1 ? -1 : has(phrase, 'deny') ? 0 : 1;
    // "B is only true for gametes": not here.
    if (
      has(phrase, 'good') &&
      has(tail[index - 1], 'only') &&
      (has(tail[index - 2], 'link') || limits(tail[index + 1]))
    )
      return 0;
    if (has(phrase, 'good', 'right') || (has(phrase, 'answer') && linked)) {
      const turned = turnedBehind(tail.slice(index + 1));
      return turned === null ? sign : sign === 1 ? turned : 0;
    }
    // "Is the only plausible option."
    if (linked && has(phrase, 'kind') && tail.slice(0, index).some((one) => has(one, 'only'))) {
      const turned = turnedBehind(tail.slice(index + 1));
      return turned === null ? sign : sign === 1 ? turned : 0;
    }
    linked =
      has(phrase, 'link') ||
      (linked && (phrase.roles.size === 0 || has(phrase, 'kind', 'good', 'opine', 'hedge', 'conclude', 'only')));
    if (has(phrase, 'deny')) sign = sign === 1 ? -1 : 1;
    else if (
      has(phrase, 'subordinate', 'but', 'conclude', 'pick', 'condition', 'restate') &&
      !has(phrase, 'link') &&
      !(linked && has(phrase, 'only'))
    )
      break;
    else if (!has(phrase, 'link', 'hedge', 'pronoun', 'join', 'report', 'auxiliary')) words += 1;
    if (words > MOST_WORDS) break;
  }
  return sign === -1 && words <= 1 ? -1 : 0;
}
