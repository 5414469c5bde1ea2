import { answersIn } from '../claims/choose.ts';
import type { Claim } from '../claims/claim.ts';
import { claimsIn } from '../claims/claims.ts';
import type { Convention } from '../port.ts';

/** The answer that a turn states, as it stands there; null where it states none by a convention that is accepted. */
export function extractMaths(turn: string, accept?: readonly Convention[]): Claim | null {
  return answersIn(claimsIn(turn), accept)[0] ?? null;
}
