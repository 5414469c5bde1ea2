import { has, type Range } from '../../claims/words/phrases.ts';
import type { Run, Scene } from './scene.ts';

// What is said of an option for another case than the one that was asked about.

/** "If the salt ran out, the answer would be B": the past says that it is not so. */
export function isOtherwise({ clauses, text, sentence }: Scene, index: number, run: Run): boolean {
  if (ELSE_RIGHT.test(behind({ text, sentence }, run))) return true;
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
export const isTurnedDown = (scene: Scene, run: Run): boolean => CLEFT.test(behind(scene, run));

const behind = ({ text, sentence }: Pick<Scene, 'text' | 'sentence'>, { end }: Range): string =>
  text.slice(end, Math.min(end + 60, sentence.end));

const CLEFT =
  /^\W{0,3}(?:that|which) (?:(?:we|you|i|one) )?(?:(?:must|should|can|may|have to|need to|would) )?(?:be )?(?:excluded?|reject(?:ed)?|eliminated?|discard(?:ed)?|ruled? out|drop(?:ped)?|cross(?:ed)? out|avoid(?:ed)?)\b/i;

const PAST_CONDITION =
  /^\W{0,4}(?:(?:but|and|even|only) )?if (?:(?:the|an?|this|that|its?|no|all) )?(?:(?!is\b|are\b|be\b|has\b|have\b)\p{L}+ ){1,2}(?:\p{L}{2,12}ed|ran|rose|fell|went|came|grew|lost|took|gave|got|made|kept|held|became|began|lay|stood|broke|froze|drew|left|did|had)\b/iu;

/** "D would be right if the process were irreversible." */
export function isConditional({ phrases }: Scene, run: Run, sign: number): boolean {
  const after = phrases.filter((phrase) => phrase.start >= run.end);
  if (sign === 1) return after.some((phrase) => has(phrase, 'suppose', 'condition'));
  return has(after[0], 'condition') || (has(after[0], 'only') && has(after[1], 'condition'));
}
