import { z } from 'zod';
import { GraderFault } from '../verifiers/external/grader-fault.ts';
import type { Judged } from './own-domain.ts';

/** What a grader of the user's says of one task. Throws a GraderFault where it is no verdict. */
export const judgedOf = (answer: unknown): Judged => {
  const read = answerOf.safeParse(answer);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new GraderFault('grader-garbage', `the grader's answer: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { verdict, reason = verdict, extracted = null, share = null } = read.data;
  return { verdict, reason, extracted, passedShare: share };
};

const answerOf = z.object({
  verdict: z.enum(['right', 'wrong', 'unverifiable']),
  reason: z.string().max(2_000).optional(),
  extracted: z.string().max(20_000).nullish(),
  share: z.number().min(0).max(1).nullish(),
});
