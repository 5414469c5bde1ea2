export type { Claim, Stance } from '../claims/claim.ts';
export { type Compared, compareMaths } from './compare.ts';
export type { Outcome, Result } from './equal/outcome.ts';
export { type Explanation, explainMaths } from './explain.ts';
export { extractMaths } from './find.ts';
export { DEFAULT_POLICIES, type Policies } from './policies.ts';
export { mathsVerifier, type PoolSettings } from './pool.ts';
export { checkReference, type ReferenceCheck } from './read/reference.ts';
export { type VerifySettings, verifyMaths } from './verify.ts';
