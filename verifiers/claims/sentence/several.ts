import type { Value } from '../text/values.ts';
import type { Phrase } from '../words/phrases.ts';
import { has, type Parsed } from './clauses.ts';
import type { Statement } from './pieces.ts';

/** What a clause with several links says as a whole; null where each says something by itself. */
export const severalIn = (
  parsed: Parsed,
  values: readonly Value[],
  links: readonly Phrase[],
  phrases: readonly Phrase[],
): Statement | null =>
  links.length < 2 ? null : (leftOpen(values, links, phrases) ?? unknownsIn(parsed, values, links));

/** "f(x) = c or f(x) = x": two sentences of which one holds say neither. */
function leftOpen(values: readonly Value[], links: readonly Phrase[], phrases: readonly Phrase[]): Statement | null {
  const [first, second] = links;
  const or = phrases.find((phrase) => has(phrase, 'or') && first !== undefined && phrase.start >= first.end);
  if (or === undefined || second === undefined || second.start < or.end) return null;
  const start = values.find((value) => value.start >= first!.end && value.end <= or.start)?.start;
  const end = values.findLast((value) => value.start >= second.end)?.end;
  return start === undefined || end === undefined
    ? null
    : { start, end, denied: false, linked: true, wordy: false, subject: null };
}

/** "m is 4, while n is 9": two clauses of one unknown each; null where they say it of one, or of more. */
export function unknownsOf({ text }: Parsed, said: Statement, next: Statement): Statement | null {
  const [first, second] = [said, next].map(({ subject }) =>
    subject === null ? null : LONE.exec(text.slice(subject.start, subject.end)),
  );
  if (!first || !second || first[1] === second[1] || said.denied || next.denied) return null;
  return { ...said, start: said.subject!.start + first[0].indexOf(first[1]!), end: next.end, subject: null };
}

/** "So m", "while n" */
const LONE = /^\s*(?:(?:so|thus|hence|then|therefore|and|while|whereas),?\s)?\$?([a-zA-Z])\$?\s*$/i;

/** The end of "91, y" and "91 and y" too. */
const UNKNOWN = /(?:^|,\s?|\band\s)\$?([a-zA-Z])\$?$/;

/** "x is 91, y is 13": each link leads from another unknown to its value. */
function unknownsIn({ text }: Parsed, values: readonly Value[], links: readonly Phrase[]): Statement | null {
  const named = links.map((link) => ({
    name: values.findLast(({ end }) => end <= link.start),
    value: values.find(({ start }) => start >= link.end),
  }));
  const names = named.map(({ name }) => name && UNKNOWN.exec(text.slice(name.start, name.end))?.[1]);
  if (
    !named[0]!.name?.names ||
    names.includes(undefined) ||
    new Set(names).size < names.length ||
    named.some(({ value }) => !value || value.names)
  )
    return null;
  const [start, end] = [named[0]!.name!.start, named.at(-1)!.value!.end];
  return { start, end, denied: false, linked: true, wordy: false, subject: null };
}
