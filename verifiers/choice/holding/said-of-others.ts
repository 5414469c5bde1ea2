import { has, type Phrase, type Range } from '../../claims/words/phrases.ts';
import { phrasesBetween, type Run, type Scene } from './scene.ts';

/** Whether the words round an option say it of another question, of what others choose, or of what is yet to be shown. */
export function isSaidOfOthers(scene: Scene, run: Run, clause: Range, lead: readonly Phrase[]): boolean {
  const before = scene.clauses.findLast(({ end }) => end <= clause.start);
  const told = before === undefined ? [] : phrasesBetween(scene, before.start, before.end);
  if (isElsewhere(told, 'alone')) return true;
  // "Next, option B."
  if (told.length > 0 && told.every((phrase) => has(phrase, 'orders') && !has(phrase, 'conclude'))) return true;
  const whole = phrasesBetween(scene, clause.start, run.start);
  const tail = phrasesBetween(scene, run.end, clause.end).slice(0, FARTHEST);
  return (
    isElsewhere(whole, 'among others') ||
    isElsewhere(tail, 'among others') ||
    isChosenByMany(lead) ||
    whole.slice(0, MOST_LEADING).some((phrase) => has(phrase, 'aims')) ||
    has(tail[0], 'tries')
  );
}

/** As many words may stand between an option and another question that it is said of. */
const FARTHEST = 8;

/** "B was the answer to the previous question", "In the earlier problem, …"; not "as in the previous question". */
function isElsewhere(phrases: readonly Phrase[], beside: 'alone' | 'among others'): boolean {
  const at = phrases.findIndex((phrase) => has(phrase, 'elsewhere'));
  if (at < 0 || phrases.slice(0, at).some((phrase) => has(phrase, 'likens'))) return false;
  return beside === 'among others' || (at === phrases.length - 1 && at <= MOST_LEADING);
}

/** "In the", "and for my". */
const MOST_LEADING = 3;

/** "Everyone but me chose C", "the answer that students give most often is C". */
function isChosenByMany(lead: readonly Phrase[]): boolean {
  const chosen = lead.findLastIndex((phrase) => has(phrase, 'pick', 'answer', 'gives'));
  const from = Math.max(0, chosen - MOST_BETWEEN);
  const many = lead.slice(from, Math.max(0, chosen)).findLastIndex((phrase) => has(phrase, 'crowd'));
  return many >= 0;
}

/** Words between those who choose and their choosing. */
const MOST_BETWEEN = 4;
