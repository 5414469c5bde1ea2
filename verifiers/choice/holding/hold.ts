import { has } from '../../claims/sentence/clauses.ts';
import { isComplement, isInverted, isUnreal } from '../../claims/stance.ts';
import type { Phrase, Range } from '../../claims/words/phrases.ts';
import type { Held, Hold } from './held-option.ts';
import { leadOf, tailOf } from './polarity.ts';
import { isSaidOfOthers } from './said-of-others.ts';
import { phrasesBetween, type Run, type Scene } from './scene.ts';

export interface Around {
  readonly lead: readonly Phrase[];
  readonly tail: readonly Phrase[];
  readonly clause: Range;
  readonly previous: Held | undefined;
  readonly heading: 1 | 2 | 3;
  readonly count: number;
}

export function holdOf(scene: Scene, run: Run, around: Around): Held {
  const { lead, tail, previous, heading, count } = around;
  const said = isSpokenOf(scene, run, lead, tail) ? 'nothing' : leadOf(lead);
  const own = tailOf(tail);
  const bare =
    own === 0 &&
    ((said === 'bare' && endsBare(scene, run, tail) && !isFactorial(scene, run)) || isBracketed(scene, run));
  const sign = bare ? own : laterSign(scene, around.clause) || own;
  const turned =
    previous !== undefined &&
    sign === 0 &&
    ((previous.hold === 'denied' && has(lead.at(-1), 'but')) ||
      (isEllipsis(scene, tail) && (previous.hold === 'denied' || deniesBetween(scene, previous, run))));
  const hold = ((): Hold => {
    if (/[?？؟]/.test(scene.sentence.mark)) return 'asked';
    if (run.letters.length === count && count > 2) return 'option';
    const index = scene.clauses.findIndex(({ end }) => end === around.clause.end);
    if (
      isInverted(scene, around.clause) ||
      isComplement({ ...scene, values: scene.runs }, index) ||
      isUnreal(scene, index, run) ||
      isOtherwise(scene, index, run) ||
      ELSE_RIGHT.test(scene.text.slice(run.end, Math.min(run.end + 60, scene.sentence.end))) ||
      isSaidOfOthers(scene, run, around.clause, lead) ||
      (sign === 1 && said === 'nothing' && lead.some((phrase) => has(phrase, 'condition')))
    )
      return 'supposed';
    if (previous !== undefined && isEllipsis(scene, tail) && seemedBefore(scene, previous, run)) return 'stated';
    if (said === 'supposes' || isConditional(scene, run, sign)) return 'supposed';
    if (
      sign !== -1 &&
      !(said === 'claims' && isSaying(scene, tail)) &&
      tail.some((phrase) => has(phrase, 'report') || (has(phrase, 'hedge') && has(phrase, 'link')))
    )
      return 'supposed';
    if (run.texts && isDetermined(scene, run, lead)) return 'denied';
    if (run.texts && (has(tail[0], 'modify') || isPartOfName(scene, run, tail))) return 'named';
    if (run.texts && has(lead.at(-1), 'modify') && !has(lead.at(-1), 'subordinate', 'pick')) return 'supposed';
    if (isOthers(lead)) return 'supposed';
    if (CLEFT.test(scene.text.slice(run.end, Math.min(run.end + 60, scene.sentence.end)))) return 'denied';
    if (turned) return 'stated';
    if (said === 'excepts') return sign === -1 ? 'stated' : 'denied';
    if (said === 'denies') return sign === -1 ? 'named' : 'denied';
    if (sign === -1) return 'denied';
    if (
      sign === 1 ||
      said === 'claims' ||
      bare ||
      isOnly(lead) ||
      (run.end - run.start <= LABEL_LENGTH && isPreferred(scene, tail)) ||
      isMade(scene, run)
    )
      return 'stated';
    return 'named';
  })();
  const named = Math.max(weightOf(scene, lead), bare || said === 'claims' ? heading : 1, turned ? previous!.weight : 1);
  return {
    letters: run.letters,
    hold,
    weight: named as 1 | 2 | 3,
    firm: sign === 0 || said === 'claims',
    corrects: false,
    bare,
    label: isLabel(scene, run),
    narrows: run.letters.length > 1 && (has(tail[0], 'narrows') || lead.some((phrase) => has(phrase, 'narrows'))),
    start: run.start,
    end: run.end,
  };
}

/** "There is no increase." */
const isDetermined = ({ text }: Scene, { start }: Range, lead: readonly Phrase[]): boolean =>
  lead.at(-1)?.end === start - 1 && /^no$/i.test(text.slice(lead.at(-1)!.start, start - 1));

/** "An iron alloy" is no iron, "no way" no no. */
const isPartOfName = ({ text }: Scene, { start, end }: Range, tail: readonly Phrase[]): boolean =>
  tail[0]?.roles.size === 0 && tail[0].start === end + 1 && /^(?:an? \p{L}|no$)/iu.test(text.slice(start, end));

/** "Answer B contradicts it." */
const isSpokenOf = ({ language }: Scene, { end }: Range, lead: readonly Phrase[], [verb]: readonly Phrase[]): boolean =>
  language === 'english' &&
  has(lead.at(-1), 'answer') &&
  verb?.start === end + 1 &&
  (has(verb, 'verb', 'unreal') || verb.roles.size === 0);

/** "That is exactly what B says." */
const isSaying = ({ text }: Scene, tail: readonly Phrase[]): boolean =>
  tail.length === 1 && text.slice(tail[0]!.start, tail[0]!.end) === 'says';

/** "(D)" and what sets it apart. */
export const LABEL_LENGTH = 4;

/** "A is close, but B clearly wins." */
const isPreferred = ({ text, sentence }: Scene, tail: readonly Phrase[]): boolean =>
  has(tail.at(-1), 'prevails') &&
  !/[\p{L}\p{N}]/u.test(text.slice(tail.at(-1)!.end, sentence.end)) &&
  tail.slice(0, -1).every((phrase) => has(phrase, 'opine', 'conclude', 'hedge'));

/** "… making B the right choice": it has no verb of its own. */
const isMade = ({ text, sentence }: Scene, run: Run): boolean =>
  /\bmak(?:es?|ing) (?:option |choice |answer )?$/i.test(
    text.slice(Math.max(sentence.start, run.start - 20), run.start),
  ) &&
  /^['"”)\]]{0,2} (?:the|our|my) (?:(?:right|correct|best|only|final|only possible) )?(?:choice|answer|option|one)\b/i.test(
    text.slice(run.end, Math.min(run.end + 40, sentence.end)),
  );

/** "If the salt ran out, the answer would be B": the past says that it is not so. */
function isOtherwise({ clauses, text }: Scene, index: number, run: Run): boolean {
  const previous = clauses[index - 1];
  const lead = text.slice(clauses[index]?.start ?? run.start, run.start);
  if (!/\bwould\b/i.test(lead)) return false;
  if (/\bwould(?:['’]ve| have) been\b/i.test(lead) || FOR_OTHERS.test(lead)) return true;
  return previous !== undefined && PAST_CONDITION.test(text.slice(previous.start, previous.end));
}

/** "For gametes it would be B." */
const FOR_OTHERS =
  /^\W{0,4}for (?!this|that|these|those|the\b|me\b|my\b|us\b|all\b|example|instance)\p{L}+(?: \p{L}+){0,2},? (?:it|that|the answer) would be\b/iu;
/** "A would be the answer for skin cells", which is not what was asked. */
const ELSE_RIGHT =
  /^\W{0,3}would (?:only )?be (?:the |an? )?(?:\p{L}+ )?(?:answer|choice|option|right|correct|true) (?:for|under|with|when|where|in)\b (?!this\b|the\b|these\b|that\b|my\b|our\b|all\b|general\b|any\b)/iu;
/** "It is B that we must exclude." */
const CLEFT =
  /^\W{0,3}(?:that|which) (?:(?:we|you|i|one) )?(?:(?:must|should|can|may|have to|need to|would) )?(?:be )?(?:excluded?|reject(?:ed)?|eliminated?|discard(?:ed)?|ruled? out|drop(?:ped)?|cross(?:ed)? out|avoid(?:ed)?)\b/i;

const PAST_CONDITION =
  /^\W{0,4}(?:(?:but|and|even|only) )?if (?:(?:the|an?|this|that|its?|no|all) )?(?:(?!is\b|are\b|be\b|has\b|have\b)\p{L}+ ){1,2}(?:\p{L}{2,12}ed|ran|rose|fell|went|came|grew|lost|took|gave|got|made|kept|held|became|began|lay|stood|broke|froze|drew|left|did|had)\b/iu;

/** "Only B describes it." */
const isOnly = (lead: readonly Phrase[]): boolean => has(lead.at(-1), 'only') && lead.length <= 2;

/** "B does not give light; A does." */
const deniesBetween = (scene: Scene, { hold, end }: Held, run: Run): boolean =>
  hold === 'named' && phrasesBetween(scene, end, run.start).some((phrase) => has(phrase, 'deny'));

/** "First B seemed right; then I saw that C is." */
const seemedBefore = ({ text }: Scene, { hold, end }: Held, run: Run): boolean =>
  hold === 'supposed' &&
  /\b(?:seem|look|appear)ed (?:right|correct|plausible|good|best)\b/.test(text.slice(end, run.start));

/** "A is not the answer; B is." */
const isEllipsis = ({ text }: Scene, tail: readonly Phrase[]): boolean =>
  tail.length === 1 && (has(tail[0], 'link') || /^(?:do|does|did)$/.test(text.slice(tail[0]!.start, tail[0]!.end)));

/** Nothing follows, or what only explains it. */
function endsBare({ text, sentence }: Scene, run: Run, tail: readonly Phrase[]): boolean {
  const { texts } = run;
  const next = text.slice(run.end, Math.min(run.end + 12, sentence.end));
  return (
    tail.every((phrase) => has(phrase, 'join')) ||
    (/^[)\]}"'”’*]{0,3}\s{0,2}(?:[,;:(–—]|-\s)/.test(next) && !isSubject(text, run, tail)) ||
    (has(tail[0], 'subordinate') &&
      !has(tail[0], 'good', 'verb', 'only') &&
      (!texts || has(tail[0], 'because', 'pronoun'))) ||
    isTurnedRound(tail) ||
    (tail.length === 1 && has(tail[0], 'conclude'))
  );
}

/** "(B) would need heat" speaks of the option; as a label it has a colon behind it here. */
const isSubject = (text: string, { start }: Range, [colon, verb]: readonly Phrase[]): boolean =>
  text[start] === '(' &&
  text[colon?.start ?? start] === ':' &&
  has(verb, 'link', 'unreal', 'verb', 'hedge', 'deny') &&
  /\p{Ll}/u.test(text[verb!.start]!);

/** "Option B" at the beginning of its line, but for marks and a number. */
function isLabel(scene: Scene, { start }: Range): boolean {
  const line = scene.text.lastIndexOf('\n', start - 1) + 1;
  if (start - line > LONGEST_LABEL || line < scene.sentence.start - 1) return false;
  if (scene.runs.some((other) => other.start >= line && other.end <= start)) return false;
  const before = phrasesBetween(scene, line, start).filter((phrase) => !/\d/.test(scene.text[phrase.start]!));
  return before.length <= 1 && before.every((phrase) => has(phrase, 'kind', 'label'));
}

const LONGEST_LABEL = 24;

/** A bare "18!" is another number. */
const isFactorial = ({ text, sentence }: Scene, { start, end, texts }: Run): boolean =>
  texts &&
  sentence.mark === '!' &&
  /^[\s\d]+$/.test(text.slice(sentence.start, start + 1)) &&
  /\d!/.test(text.slice(end - 1, end + 1));

/** "The gas cools (option B)." */
const isBracketed = ({ text, sentence }: Scene, run: Run): boolean =>
  /\((?:option|choice|answer)?\s{0,2}$/i.test(text.slice(Math.max(sentence.start, run.start - 12), run.start)) &&
  /^\s?\)?\s*$/.test(text.slice(run.end, sentence.end));

/** "C it is." */
const isTurnedRound = (tail: readonly Phrase[]): boolean =>
  tail.length === 2 && has(tail[0], 'pronoun') && has(tail[1], 'link');

export const FINAL = /final|最终|最后|最終|endgültig|finale|نهائي|نهایی|अंतिम|окончат|итогов|definitiva/iu;

function weightOf({ text }: Scene, lead: readonly Phrase[]): 1 | 2 | 3 {
  const cue = lead.findLast((phrase) => has(phrase, 'answer'));
  if (cue === undefined) return 1;
  return FINAL.test(text.slice(cue.start, cue.end)) ? 3 : 2;
}

/** "The wrong answer is B", "the expected answer is B". */
function isOthers(lead: readonly Phrase[]): boolean {
  const at = lead.findLastIndex((phrase) => has(phrase, 'answer'));
  const before = lead.slice(Math.max(0, at - 2), Math.max(0, at));
  return before.some((phrase) => has(phrase, 'others') && !has(phrase, 'link', 'conclude', 'wait'));
}

/** "D would be right if the process were irreversible." */
function isConditional({ phrases }: Scene, run: Run, sign: number): boolean {
  const after = phrases.filter((phrase) => phrase.start >= run.end);
  if (sign === 1) return after.some((phrase) => has(phrase, 'suppose', 'condition'));
  return has(after[0], 'condition') || (has(after[0], 'only') && has(after[1], 'condition'));
}

/** "…, but it is not": the next clause is about what was just named. */
function laterSign(scene: Scene, clause: Range): 1 | -1 | 0 {
  const next = scene.clauses.find(({ start }) => start >= clause.end);
  if (next === undefined || scene.runs.some(({ start }) => start >= next.start && start < next.end)) return 0;
  const said = phrasesBetween(scene, next.start, next.end).filter((phrase) => !has(phrase, 'but', 'join', 'conclude'));
  // "B is close, but no."
  const no = said.length === 1 && has(said[0], 'wait') && has(said[0], 'others');
  if (no || has(said[0], 'right', 'wrong', 'link')) return tailOf(said);
  return has(said[0], 'pronoun') ? tailOf(said.slice(1)) : 0;
}
