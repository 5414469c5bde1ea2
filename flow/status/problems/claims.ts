import type { Domains } from '../../../domains/port.ts';
import type { Cot, Graded, Problem, Rejected } from '../../../schemas/types.ts';
import { explainChoice } from '../../../verifiers/choice.ts';
import { explainMaths } from '../../../verifiers/maths/index.ts';
import type { Convention, Reference } from '../../../verifiers/port.ts';
import { referenceOf } from '../../wiring/open-verifiers.ts';
import type { Trail } from './trail.ts';

/** One thing that an answer says, as its verifier has read it. */
export interface Claimed {
  readonly text: string;
  /** Where it stands: boxed, tagged, cue, last; and what becomes of it: stated, denied, supposed … */
  readonly how: string;
  readonly stance: string;
  readonly reading: string | null;
  /** Why it is not the answer; null for the one that is. */
  readonly lost: string | null;
}

interface WithClaims {
  /** Null where the verdict does not rest on claims. */
  readonly claims: readonly Claimed[] | null;
}

type Claiming<One extends { readonly attempts: readonly unknown[] }> = Omit<One, 'attempts'> & {
  readonly attempts: readonly (One['attempts'][number] & WithClaims)[];
};

/** A problem's way with what each answer claims. */
export type ClaimedTrail = Omit<Trail, 'graded' | 'unverifiable' | 'cot' | 'rejected'> & {
  readonly graded: readonly Claiming<Graded>[];
  readonly unverifiable: readonly Claiming<Graded>[];
  readonly cot: readonly Claiming<Cot>[];
  readonly rejected: readonly Claiming<Rejected>[];
};

/** Where an answer of each may stand; left out: anywhere. */
export interface Accepted {
  readonly student?: readonly Convention[] | undefined;
  readonly teacher?: readonly Convention[] | undefined;
}

/** Reads every answer again, as its verifier did; an answer that is very long is left as it is. */
export const withClaims = (trail: Trail, domains: Domains, accepted: Accepted): ClaimedTrail => {
  const ofStudent = ({ problem, attempts }: Graded) =>
    attempts.map((attempt) => {
      const isJudged = attempt.finish !== 'length' && attempt.finish !== 'refused';
      return { ...attempt, claims: isJudged ? claimsIn(problem, attempt.answer, domains, accepted.student) : null };
    });
  const ofTeacher = ({ problem, attempts }: Cot | Rejected) =>
    attempts.map((attempt) => {
      const isJudged = attempt.outcome === 'unverified' || attempt.outcome === 'unverifiable';
      return { ...attempt, claims: isJudged ? claimsIn(problem, attempt.answer, domains, accepted.teacher) : null };
    });
  return {
    ...trail,
    graded: trail.graded.map((one) => ({ ...one, attempts: ofStudent(one) })),
    unverifiable: trail.unverifiable.map((one) => ({ ...one, attempts: ofStudent(one) })),
    cot: trail.cot.map((one) => ({ ...one, attempts: ofTeacher(one) })),
    rejected: trail.rejected.map((one) => ({ ...one, attempts: ofTeacher(one) })),
  };
};

/** Whoever looks at one problem is not to hold up the run beside it. */
const LONGEST = 50_000;

const claimsIn = (
  problem: Problem,
  answer: string,
  domains: Domains,
  accept: readonly Convention[] | undefined,
): readonly Claimed[] | null => {
  if (answer.trim() === '' || answer.length > LONGEST) return null;
  const reference = readable(problem, domains);
  if (reference?.domain === 'maths') return explainMaths(reference.answer, answer, { accept }).claims.map(shown);
  if (reference?.domain === 'choice') return explainChoice(reference, answer, accept).claims.map(shown);
  return null;
};

const readable = (problem: Problem, domains: Domains): Reference | null => {
  try {
    return referenceOf(domains)(problem);
  } catch {
    return null;
  }
};

const shown = ({
  text,
  how,
  stance,
  reading,
  lost,
}: Omit<Claimed, 'reading'> & { readonly reading: string | readonly string[] | null }): Claimed => ({
  ...{ text, how, stance, lost },
  reading: typeof reading === 'string' || reading === null ? reading : reading.join(', '),
});
