import { counts } from '../../words/counts.ts';
import { has, type Phrase, type Range } from '../../words/phrases.ts';
import type { Parsed } from '../parts/clauses.ts';

/** What stands before a number in words that is the whole of what is told: "only three". */
const WHOLE = /^(?:only|exactly|precisely|just)$/i;
const OF_THEM = /^(?:of )?(?:them|these|those)$/i;
const MOST_NOUNS = 3;

/**
 * The number that a sentence without any other value says in words: "the farmer owns thirty-six sheep" with what it counts,
 * of "only three of them are prime" the number. Null where it may belong to what is spoken of: "two lines are parallel".
 */
export function countedIn({ clauses, language, phrases, text, values }: Parsed): Range | null {
  if (language !== 'english' || values.some(({ names }) => !names) || phrases.some(leavesOpen)) return null;
  const isCount = ({ start, end }: Range): boolean => counts(text.slice(start, end));
  const first = phrases.findIndex(isCount);
  const { start: from } = clauses.at(-1)!;
  if (first < 0 || phrases[first]!.start < from) return null;
  const last = phrases.findLastIndex(isCount);
  const [begin, end] = [phrases[first]!.start, phrases[last]!.end];
  if (!IN_WORDS.test(text.slice(begin, end))) return null;
  const [before, after] = [phrases.slice(0, first).filter(({ start }) => start >= from), phrases.slice(last + 1)];
  const behind = text.slice(after[0]?.start, after[0]?.end);
  const lead = before.findLast((phrase) => !has(phrase, 'conclude'));
  if (OF_THEM.test(behind) || (lead !== undefined && WHOLE.test(text.slice(lead.start, lead.end))))
    return { start: begin, end };
  const told = phrases.some((phrase) => has(phrase, 'link', 'pick'));
  const until = after.findIndex(({ roles }) => roles.size > 0);
  const counted = until < 0 ? after : after.slice(0, until);
  const isObject = !told && before.length > 1 && lead?.roles.size === 0 && !has(after[until], 'modify');
  return isObject && counted.length <= MOST_NOUNS ? { start: begin, end: counted.at(-1)?.end ?? end } : null;
}

/** One number, of two or more: "one" often is none. */
const IN_WORDS = /^(?!one$)\p{L}+(?:[\s-]{1,2}(?:and )?\p{L}+){0,8}$/iu;

const leavesOpen = (phrase: Phrase): boolean =>
  has(phrase, 'deny', 'suppose', 'condition', 'report', 'unreal', 'hedge', 'retract', 'wrong');
