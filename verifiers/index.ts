/** The verifiers for use outside of a run: `import { verifyMaths } from 'sluice/verifiers'`. */
export { verifyChoice } from './choice.ts';
export * from './code/index.ts';
export * from './maths/index.ts';
export * from './port.ts';
