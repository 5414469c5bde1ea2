import { firstFrom, has, type Range } from '../words/phrases.ts';
import { isDeniedBehind, type Parsed } from './parts/clauses.ts';
import type { Statement } from './parts/pieces.ts';

/** What denies a value behind it, in the same clause. */
export const withDenialBehind = (parsed: Parsed, clause: Range, said: Statement): Statement =>
  !said.wordy &&
  ((isDeniedBehind(parsed, { start: said.end, end: clause.end }) && !counts(parsed, clause, said)) ||
    fails(parsed, clause, said) ||
    lacks(parsed, clause, said))
    ? { ...said, denied: true }
    : said;

/** "12 students do not pass": what those that are counted do not do. */
function counts({ language, phrases, text }: Parsed, clause: Range, { start, end }: Range): boolean {
  const denial = phrases[firstFrom(phrases, end)];
  return (
    language === 'english' &&
    denial !== undefined &&
    /\d\s\p{L}+(?:\s\p{L}+)?\s?$/u.test(text.slice(Math.max(start, end - 50), end)) &&
    (phrases[firstFrom(phrases, denial.end)]?.end ?? clause.end + 1) <= clause.end
  );
}

/** "x = 13 fails": what is said right behind a value is said of it. */
const fails = ({ phrases, text }: Parsed, clause: Range, { end }: Range): boolean => {
  const next = phrases.find((phrase) => phrase.start >= end);
  return has(next, 'wrong') && next!.end <= clause.end && text.slice(end, next!.start).trim() === '';
};

/** "The value 9 is not attained": what a value is not. */
function lacks({ phrases, text, values }: Parsed, clause: Range, { end }: Range): boolean {
  const at = firstFrom(phrases, end);
  const [link, denial] = [phrases[at], phrases[at + 1]];
  return (
    has(link, 'link') &&
    has(denial, 'deny') &&
    denial!.end <= clause.end &&
    text.slice(end, link!.start).trim() === '' &&
    /^(?:is|was|ist|war|est|es|era|è|é)$/i.test(text.slice(link!.start, link!.end)) &&
    !values.some(({ start }) => start >= denial!.end && start < clause.end)
  );
}
