export { verifyMaths } from './verify.ts';
