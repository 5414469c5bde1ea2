import { has, type Phrase, type Range } from '../../claims/words/phrases.ts';
import type { Held } from './held-option.ts';
import { holdOf } from './hold.ts';
import { phrasesBetween, type Run, type Scene } from './scene.ts';

export function heldInScene(scene: Scene, heading: 1 | 2 | 3, count: number): Held[] {
  const held: Held[] = [];
  let left = false;
  let from = scene.sentence.start;
  for (const [index, run] of scene.runs.entries()) {
    const clause = clauseOf(scene, run.start);
    const tailEnd = Math.min(judgedUpTo(scene, run, clause), tailEndOf(scene, run, scene.runs[index + 1]));
    const lead = leadingTo(scene, Math.max(from, clause.start), run, held.length > 0);
    const tail = phrasesBetween(scene, run.end, tailEnd);
    const own = holdOf(scene, run, { lead, tail, clause, previous: held.at(-1), heading, count });
    const before = held.at(-1);
    const taken = left && lead.length === 1 && has(lead[0], 'range');
    left = has(lead.at(-1), 'changes') && !lead.some((phrase) => has(phrase, 'unreal', 'suppose', 'deny'));
    // "I change my answer from A to B."
    if (left || taken) held.push({ ...own, hold: left ? 'corrected' : 'stated', firm: true });
    else if (
      isAlternative(lead) &&
      own.hold !== 'denied' &&
      (before?.hold === 'stated' || before?.hold === 'supposed')
    ) {
      held[held.length - 1] = { ...before, hold: 'supposed' };
      held.push({ ...own, hold: 'supposed' });
    } else held.push(isSaidAgain(scene, lead, own, held.at(-1)) ? { ...own, weight: held.at(-1)!.weight } : own);
    from = tail.findLast((phrase) => has(phrase, ...JUDGING))?.end ?? run.end;
  }
  if (held.length > 1 && scene.phrases.every((phrase) => has(phrase, 'orders'))) return held.map(onlyOrdered);
  return held.map((one, index) => {
    if (isOtherCase(scene, one, held[index - 1])) return { ...one, hold: 'supposed' };
    return isContrasted(scene, one, held[index + 1]) ? { ...one, hold: 'stated' } : one;
  });
}

/** "First A, then D." */
const onlyOrdered = (one: Held): Held => ({ ...one, hold: 'option' });

/** "Gametes come from meiosis, not mitosis": what is set against another that it is not, and nothing else. */
function isContrasted(scene: Scene, { hold, end }: Held, next: Held | undefined): boolean {
  if (hold !== 'named' || next?.hold !== 'denied') return false;
  const gap = phrasesBetween(scene, end, next.start).filter(({ roles }) => roles.size > 0);
  return (
    has(gap[0], 'deny') &&
    gap.slice(1).every((phrase) => has(phrase, 'subordinate')) &&
    NOT.test(scene.text.slice(end, next.start))
  );
}

const NOT = /^,? (?:not|rather than|instead of)(?: (?:the|an?|in|from|by|to|of|with|for)){0,2} $/;

/** "The answer was A, now it is B": what is said of the same answer has its weight. */
function isSaidAgain({ text }: Scene, lead: readonly Phrase[], own: Held, before: Held | undefined): boolean {
  const said = lead.slice(-2).map(({ start, end }) => text.slice(start, end));
  return own.hold === 'stated' && before?.hold === 'stated' && before.weight > own.weight && IT_IS.test(said.join(' '));
}

const IT_IS = /(?:^| )(?:it(?:['’]s| is| 's)|(?:changed|switched|corrected|revised)(?: (?:it|my answer))? to)$/;

/** "If water moves, it's C; if solutes move, it's D." */
const isOtherCase = ({ phrases, text }: Scene, { hold, start }: Held, before: Held | undefined): boolean =>
  hold === 'stated' &&
  before?.hold === 'supposed' &&
  phrases.some(
    (phrase) =>
      phrase.start >= before.end &&
      phrase.end <= start &&
      has(phrase, 'suppose') &&
      has(phrase, 'condition') &&
      /[,;]\s(?:(?:and|but)\s)?$/.test(text.slice(Math.max(before.end, phrase.start - 6), phrase.start)),
  );

/** "A, or maybe B", "A, but I'm also fine with B": neither is chosen. */
function isAlternative(lead: readonly Phrase[]): boolean {
  const head = lead.find((phrase) => !has(phrase, 'conclude'));
  return has(head, 'or') || (has(head, 'but') && has(lead.at(-1), 'or'));
}

/** What stands between the last option, or the clause's head, and this one; what is set apart by a comma is not of it. */
function leadingTo(scene: Scene, from: number, run: Run, later: boolean): readonly Phrase[] {
  const { text } = scene;
  const closes = PREMISE.test(text.slice(from, run.start));
  const stop = later || closes ? text.slice(from, run.start).search(/[,;，；](?=[^,;，；]*$)/) : -1;
  const phrases = phrasesBetween(scene, stop < 0 ? from : from + stop, run.start);
  const apart = phrases.findLastIndex(
    (one) => has(one, 'wait') && /^\s?[,:;，،.–—-]/.test(text.slice(one.end, one.end + 2)),
  );
  return phrases.slice(apart + 1);
}

/** "Given the halved number, B." */
const PREMISE =
  /^\W{0,4}(?:given|considering|based on|by|using|under|due to|because of|thanks to) [^,;]{1,200},\s{1,20}["“(]?$/i;

/** Of a label at the head, "A - wrong", a dash parts what is said of it. */
function judgedUpTo(scene: Scene, run: Run, clause: Range): number {
  const { text, sentence, clauses } = scene;
  const heads =
    phrasesBetween(scene, sentence.start, run.start).every((phrase) => has(phrase, 'kind', 'label', 'answer')) &&
    /^[\s:)]*$/.test(text.slice(run.end, clause.end));
  if (!heads || !/^\s?[-–—]/.test(text.slice(clause.end, clause.end + 2))) return clause.end;
  return clauses.find(({ start }) => start >= clause.end)?.end ?? clause.end;
}

/** Up to the last word that judges the option, or up to what leads to the next one. */
function tailEndOf(scene: Scene, run: Run, next: Run | undefined): number {
  if (next === undefined) return scene.sentence.end;
  const gap = phrasesBetween(scene, run.end, next.start);
  const judged = gap.findLastIndex((phrase) => has(phrase, ...JUDGING));
  const leads = gap.findIndex(
    (phrase, index) => has(phrase, ...LEADING) && !(has(phrase, 'deny') && closes(scene, phrase, gap[index + 1], next)),
  );
  if (judged >= 0 && (leads < 0 || leads > judged || !has(gap[judged], 'deny'))) return gap[judged]!.end;
  return leads < 0 ? next.start : gap[leads]!.start;
}

const JUDGING = ['good', 'bad', 'right', 'wrong'] as const;

/** A denial that ends its clause stands behind what it denies, as verbs do in Hindi. */
const closes = (scene: Scene, denial: Phrase, after: Phrase | undefined, next: Run): boolean =>
  has(after, 'but') ||
  has(denial, 'but') ||
  scene.clauses.some(({ end }) => end >= denial.end && end <= (after?.start ?? next.start));

const LEADING = ['deny', 'but', 'pick', 'wait', 'except', 'conclude', 'answer', 'opine', 'concede', 'suppose'] as const;

/** A clause that a word alone begins ("the answer is therefore B") goes on with what stands before it. */
function clauseOf({ text, clauses, sentence, phrases }: Scene, at: number): Range {
  const index = clauses.findIndex(({ end }) => at < end);
  if (index < 0) return sentence;
  let { start } = clauses[index]!;
  const turns = (place: number): boolean => phrases.some((phrase) => phrase.start === place && has(phrase, 'but'));
  for (
    let before = index;
    before > 0 && !turns(start) && !/[,;:，；：。—–-]\s?$/.test(text.slice(start - 2, start));
    before -= 1
  )
    start = clauses[before - 1]!.start;
  return { start, end: clauses[index]!.end };
}
