import { z } from 'zod';
import { findAnswer } from '../../verifiers/answers/find-answer.ts';
import { judgedApart } from '../apart.ts';
import { linearPattern } from '../linear-pattern.ts';
import { boxedPrompt, defineDomain } from '../own-domain.ts';
import { kind } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('regex'),
  prompt: z.string().optional(),
  flags: z
    .string()
    .regex(/^[ims]{0,3}$/, 'wants letters of i, m, s')
    .default(''),
  against: z.enum(['answer', 'response']).default('answer').describe('The answer whole, or anywhere in the turn.'),
});

/** An answer that matches the pattern which the reference is: RE2's syntax, matched in linear time. */
export const regex = judgedApart(
  kind('regex', settings, (name, { prompt = boxedPrompt, flags, against }) =>
    defineDomain({
      name,
      prompt,
      judge: ({ problem, response, accept }) => {
        const pattern = compiled(problem.answer ?? '', flags);
        if (typeof pattern === 'string') return { verdict: 'unverifiable', reason: pattern };
        if (against === 'response') return pattern.test(response);
        const found = findAnswer(response, accept);
        if (!found) return { verdict: 'wrong', reason: 'no answer found' };
        const head = { extracted: found.answer, found: found.found };
        return pattern.isWhole(found.answer)
          ? { verdict: 'right', reason: 'matches', ...head }
          : { verdict: 'wrong', reason: 'does not match', ...head };
      },
    }),
  ),
);

const compiled = (source: string, flags: string) => {
  if (source === '') return 'the reference is empty';
  try {
    return linearPattern(source, flags);
  } catch (error) {
    return `the reference is no pattern: ${(error as Error).message}`;
  }
};
