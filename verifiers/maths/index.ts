export { compareMaths } from './compare.ts';
export { verifyMaths } from './verify.ts';
