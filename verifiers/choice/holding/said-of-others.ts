import type { Range } from '../../claims/words/phrases.ts';
import type { Run, Scene } from './scene.ts';

/** Whether the words round an option say it of another question, of what others choose, or of what is yet to be shown. */
export function isSaidOfOthers({ text, clauses }: Scene, run: Run, clause: Range): boolean {
  const lead = text.slice(clause.start, run.start);
  const before = /\bwas\b/.test(lead) ? clauses.findLast(({ end }) => end <= clause.start) : undefined;
  if (before !== undefined && ELSEWHERE_ALONE.test(text.slice(before.start, before.end))) return true;
  const tail = text.slice(run.end, Math.min(run.end + 60, clause.end));
  return ELSEWHERE.test(lead) || ELSEWHERE.test(tail) || CHOSEN_BY.test(lead) || AIM.test(lead) || TRIAL.test(tail);
}

/** "B was the answer to the previous question", "for the other question I chose C", "last year the answer was C". */
const ELSEWHERE =
  /(?<!\b(?:unlike|as|like)\b[^,]{0,30})\b(?:to|of|for|in) (?:the |an? |my |your )?(?:previous|preceding|earlier|prior|other|another|similar) (?:question|problem|exercise|task|part|one)\b|\blast (?:year|time)\b[^,]{0,20}\banswer\b/i;
/** "In the earlier problem, the answer was C." */
const ELSEWHERE_ALONE =
  /^\W{0,4}(?:in|for|to) the (?:previous|preceding|earlier|prior|other) (?:question|problem|exercise|task|part|one)\W{0,3}$/i;
/** "Everyone but me chose C", "the answer that students give most often is C". */
const CHOSEN_BY =
  /\b(?:everyone|everybody|fools?|students?|people|beginners|others)\b(?: \p{L}+){0,3} (?:choose|chose|chooses|pick(?:s|ed)?|select(?:s|ed)?|gives?|gave|answer(?:s|ed)?)\b[^,;]{0,20}$/iu;
/** "To prove that C is right, more is needed." */
const AIM =
  /^\W{0,4}(?:in order to|to|(?:we|i) (?:still |now |only )?(?:need|have|want) to) (?:prove|show|verify|check|establish|see) (?:that|whether|if)\b/i;
/** "Let's say it's C and see." */
const TRIAL = /^\W{0,3}and (?:see|check|test|try)\b/i;
