import { z } from 'zod';
import { extractMaths } from '../../verifiers/maths/find.ts';
import type { Policies } from '../../verifiers/maths/policies.ts';
import { mathsVerifier } from '../../verifiers/maths/pool.ts';
import { checkReference } from '../../verifiers/maths/read/reference.ts';
import type { Convention } from '../../verifiers/port.ts';
import { votedApart } from '../apart.ts';
import { builtIn, emptyBody, kind } from '../port.ts';
import { answerOf } from '../reference.ts';
import { answerText } from '../row/answer-text.ts';

const settings = z.strictObject({
  kind: z.literal('maths'),
  workers: z.int().min(1).max(64).default(1).describe('Threads; one judges about ten thousand answers a second.'),
  policies: z
    .strictObject({
      percent: z.enum(['either', 'value', 'number', 'strict']).optional().describe('What 10% equals: 0.1, 10, both.'),
      units: z.enum(['optional', 'required']).optional(),
      tuples: z.enum(['lists', 'strict']).optional(),
      letters: z.enum(['exact', 'ignore-case']).optional(),
      decimals: z.enum(['exact', 'precise', 'rounded']).optional(),
      constantOfIntegration: z.enum(['required', 'optional']).optional(),
      bases: z.enum(['optional', 'required']).optional(),
    })
    .default({})
    .describe('How lenient a comparison is where usage differs: docs/verifiers/maths.md.'),
});

/** An answer that is mathematics, judged by what it means. */
export const maths = builtIn(
  votedApart(
    kind('maths', settings, (name, { workers, policies }) => ({
      name,
      read: ({ answer }) => ({ ...emptyBody, answer: answerText(answer).trim() }),
      prompt: '{statement}\n\nPlease reason step by step, and put your final answer within \\boxed{}.',
      reference: (problem) => ({ domain: 'maths', answer: answerOf(problem) }),
      unreadable: (reference) => {
        const check = reference.domain === 'maths' ? checkReference(reference.answer) : null;
        return check === null || check.readable ? null : check.why;
      },
      voting: { read: () => emptyBody, answer: (_, response, accept) => statedIn(response, accept) },
      hasTests: false,
      ability: 'math',
      open: () => {
        const verifier = mathsVerifier({ workers, policies: policies as Partial<Policies> });
        verifier.start();
        return verifier;
      },
    })),
  ),
);

const statedIn = (response: string, accept: readonly Convention[]): string | null => {
  const text = extractMaths(response, accept)?.text.trim() ?? '';
  return text !== '' && checkReference(text).readable ? text : null;
};
