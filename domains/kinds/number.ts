import { z } from 'zod';
import { findAnswer } from '../../verifiers/answers/find-answer.ts';
import { judgedApart, votedApart } from '../apart.ts';
import { boxedPrompt, defineDomain, type Judge, readAnswer } from '../own-domain.ts';
import { kind, type Voting } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('number'),
  prompt: z.string().optional(),
  absolute: z.number().nonnegative().default(0).describe('How far an answer may be from the reference.'),
  relative: z.number().nonnegative().max(1).default(1e-9).describe('The same as a share of the reference.'),
  unit: z.string().optional().describe('What answers are in. One without a unit is taken to be, another is wrong.'),
});

type Settings = z.output<typeof settings>;

/** A number within a tolerance, with its unit. */
export const number = judgedApart(
  votedApart(
    kind('number', settings, (name, given) =>
      defineDomain({
        name,
        prompt: given.prompt ?? boxedPrompt,
        judge: judgeNumber(given),
        voting: { read: readAnswer, answer: statedIn },
      }),
    ),
  ),
);

const judgeNumber =
  ({ absolute, relative, unit }: Settings): Judge =>
  ({ problem, response, accept }) => {
    const wanted = readQuantity(problem.answer ?? '');
    if (wanted === null) return { verdict: 'unverifiable', reason: `the reference ${problem.answer} is no number` };
    const found = findAnswer(response, accept);
    if (!found) return { verdict: 'wrong', reason: 'no answer found' };
    const { answer: extracted } = found;
    const head = { extracted, found: found.found };
    const given = readQuantity(extracted);
    if (given === null) return { verdict: 'wrong', reason: 'the answer is no number', ...head };
    const expected = wanted.unit || unit || '';
    if (given.unit !== '' && sameUnit(given.unit) !== sameUnit(expected))
      return { verdict: 'wrong', reason: `in ${given.unit}, not ${expected || 'a plain number'}`, ...head };
    const distance = Math.abs(given.value - wanted.value);
    const isNear = distance <= Math.max(absolute, relative * Math.abs(wanted.value));
    return isNear
      ? { verdict: 'right', reason: 'within the tolerance', ...head }
      : { verdict: 'wrong', reason: `${distance} away`, ...head };
  };

const statedIn: Voting['answer'] = (_, response, accept) => {
  const answer = findAnswer(response, accept)?.answer ?? '';
  return readQuantity(answer) === null ? null : answer;
};

const LONGEST = 200;
const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/;

/** `1,200.5 ms`, `-3/4`, `2e-3`, `12%`: a value and what stands behind it. Null where there is no number first. */
const readQuantity = (written: string): { readonly value: number; readonly unit: string } | null => {
  const text = written.trim().slice(0, LONGEST).replaceAll('−', '-').replaceAll('\\,', '').replaceAll('\\%', '%');
  const [head = ''] = NUMBER.exec(text) ?? [];
  if (!/\d/.test(head)) return null;
  const over = /^\s{0,2}\/\s{0,2}(\d{1,30})(?![\d.])/.exec(text.slice(head.length));
  const rest = text.slice(head.length + (over?.[0].length ?? 0));
  const value = Number(head.replaceAll(',', '')) / (over ? Number(over[1]) : 1);
  if (!Number.isFinite(value) || /^\d/.test(rest)) return null;
  return { value, unit: rest.replaceAll(/\\(?:text|mathrm)\{([^{}]{0,40})\}/g, '$1').trim() };
};

const sameUnit = (unit: string): string => unit.replaceAll(/[\s.]/g, '').replaceAll('μ', 'µ');
