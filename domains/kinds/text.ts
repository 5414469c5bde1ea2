import { z } from 'zod';
import { findAnswer } from '../../verifiers/answers/find-answer.ts';
import { judgedApart } from '../apart.ts';
import { boxedPrompt, defineDomain, type Judge } from '../own-domain.ts';
import { kind } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('text'),
  prompt: z.string().optional(),
  ignore: z
    .array(z.enum(['case', 'punctuation', 'articles', 'accents']))
    .default(['case', 'punctuation'])
    .describe('What does not count; Unicode form and white space never do.'),
  aliases: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe('Other spellings of an answer: each stands for the one before it.'),
});

type Settings = z.output<typeof settings>;

/** An answer in words: equal to the reference, or to one of several where that is a list. */
export const text = judgedApart(
  kind('text', settings, (name, given) =>
    defineDomain({ name, prompt: given.prompt ?? boxedPrompt, judge: judgeText(given) }),
  ),
);

const judgeText = (given: Settings): Judge => {
  const plain = plainOf(given.ignore);
  const meant = new Map(
    Object.entries(given.aliases).flatMap(([answer, others]) =>
      others.map((other) => [plain(other), plain(answer)] as const),
    ),
  );
  const one = (answer: string): string => meant.get(plain(answer)) ?? plain(answer);
  return ({ problem, response, accept }) => {
    const wanted = acceptedIn(problem.answer).map(one);
    if (wanted.length === 0) return { verdict: 'unverifiable', reason: 'the reference is empty' };
    const found = findAnswer(response, accept);
    if (!found) return { verdict: 'wrong', reason: 'no answer found' };
    const { answer: extracted } = found;
    if (wanted.includes(one(extracted)))
      return { verdict: 'right', reason: 'an accepted answer', extracted, found: found.found };
    return { verdict: 'wrong', reason: 'none of the accepted answers', extracted, found: found.found };
  };
};

/** A reference, or the list of those that are accepted. */
export const acceptedIn = (reference: string | null): string[] => {
  const text = reference?.trim() ?? '';
  if (text === '') return [];
  if (!text.startsWith('[')) return [text];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : [text];
  } catch {
    return [text];
  }
};

/** Only what counts of a text. */
const plainOf = (ignore: Settings['ignore']) => (text: string) => {
  let plain = text.normalize('NFKC');
  if (ignore.includes('accents')) plain = plain.normalize('NFD').replace(/\p{M}/gu, '');
  if (ignore.includes('case')) plain = plain.toLowerCase();
  if (ignore.includes('punctuation')) plain = plain.replace(/[\p{P}\p{S}]/gu, ' ');
  const words = plain.split(/\s/).filter((word) => word !== '');
  const counted = words.filter((word) => !(ignore.includes('articles') && ARTICLES.includes(word))).join(' ');
  // An answer that is all punctuation is what it says.
  return counted === '' ? text.normalize('NFKC').trim() : counted;
};

const ARTICLES = ['a', 'an', 'the'];
