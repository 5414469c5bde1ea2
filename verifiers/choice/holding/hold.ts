import { isComplement, isInverted, isUnreal } from '../../claims/stance.ts';
import { has, type Phrase, type Range } from '../../claims/words/phrases.ts';
import { isLabel, LABEL_LENGTH, standsBare } from './bare.ts';
import { isDetermined, isPartOfName, isReason } from './by-text.ts';
import type { Held, Hold } from './held-option.ts';
import { isConditional, isOtherwise, isTurnedDown } from './otherwise.ts';
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
  const bare = own === 0 && standsBare(scene, run, tail, said !== 'bare');
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
    if (run.texts && isReason(scene, around.clause, previous)) return 'named';
    if (isDetermined(scene, run, lead)) return 'denied';
    if (run.texts && (has(tail[0], 'modify') || isPartOfName(scene, run, tail))) return 'named';
    if (run.texts && has(lead.at(-1), 'modify') && !has(lead.at(-1), 'subordinate', 'pick')) return 'supposed';
    if (isOthers(lead)) return 'supposed';
    if (isTurnedDown(scene, run)) return 'denied';
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

/** "Answer B contradicts it." */
const isSpokenOf = ({ language }: Scene, { end }: Range, lead: readonly Phrase[], [verb]: readonly Phrase[]): boolean =>
  language === 'english' &&
  has(lead.at(-1), 'answer') &&
  verb?.start === end + 1 &&
  (has(verb, 'verb', 'unreal') || verb.roles.size === 0);

/** "That is exactly what B says." */
const isSaying = ({ text }: Scene, tail: readonly Phrase[]): boolean =>
  tail.length === 1 && text.slice(tail[0]!.start, tail[0]!.end) === 'says';

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
