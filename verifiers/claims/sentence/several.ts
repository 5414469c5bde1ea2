import type { Value } from '../text/value.ts';
import { has, type Phrase } from '../words/phrases.ts';
import type { Parsed } from './parts/clauses.ts';
import type { Statement } from './parts/pieces.ts';

/** What a clause with several links says as a whole; null where each says something by itself. */
export const severalIn = (
  parsed: Parsed,
  values: readonly Value[],
  links: readonly Phrase[],
  phrases: readonly Phrase[],
  cue: boolean,
): Statement | null =>
  links.length < 2
    ? null
    : (leftOpen(values, links, phrases) ??
      unknownsIn(parsed, values, links) ??
      (cue ? wordedIn(parsed, values, links) : null));

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

/**
 * "m is 4, while n is 9": two clauses of one unknown each; null where they say it of one, or of more. What a cue announces
 * may have names of words: "the slope is 2 and the intercept is 1".
 */
export function unknownsOf({ text }: Parsed, said: Statement, next: Statement, cue: boolean): Statement | null {
  if (said.denied || next.denied) return null;
  for (const name of cue ? [LONE, WORDED] : [LONE]) {
    const [first, second] = [said, next].map(({ subject }) =>
      subject === null ? null : name.exec(text.slice(subject.start, subject.end)),
    );
    if (first && second && first[1] !== second[1])
      return { ...said, start: said.subject!.start + first[0].indexOf(first[1]!), end: next.end, subject: null };
  }
  return null;
}

/** "So m", "while n" */
const LONE = /^\s*(?:(?:so|thus|hence|then|therefore|and|while|whereas),?\s)?\$?([a-zA-Z])\$?\s*$/i;

/** "the slope", "and the width" */
const WORDED =
  /^[\s:：]*(?:(?:so|thus|hence|then|therefore|that|and|while|whereas),?\s)*(the [a-z]{3,20}(?: [a-z]{3,20}){0,2})\s*$/i;

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

/** "the slope is 2 and the intercept is 1": two links behind names of words, each with its value right behind it. */
function wordedIn({ text, sentence }: Parsed, values: readonly Value[], links: readonly Phrase[]): Statement | null {
  const [link, next] = links.slice(-2) as [Phrase, Phrase];
  const [value, other] = [link, next].map(({ end }) => values.find(({ start }) => start >= end));
  if (value === undefined || other === undefined || value.end > next.start) return null;
  if (text.slice(link.end, value.start).trim() !== '' || text.slice(next.end, other.start).trim() !== '') return null;
  const from = links.at(-3)?.end ?? sentence.start;
  const first = WORDED.exec(text.slice(from, link.start));
  const second = WORDED.exec(text.slice(value.end, next.start).replace(MEASURE, ' '));
  if (first === null || second === null || first[1] === second[1]) return null;
  const start = from + first[0].indexOf(first[1]!);
  return { start, end: other.end, denied: false, linked: true, wordy: false, subject: null };
}

/** "2 cm and the width" */
const MEASURE = /^ \p{L}{1,12} (?=and |while |whereas )/u;
