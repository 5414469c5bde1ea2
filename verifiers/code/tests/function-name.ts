import type { CodeTests } from '../../port.ts';

/** A name as Python takes it. */
export const FUNCTION_NAME = /^[\p{L}_][\p{L}\p{N}_]{0,199}$/u;

/** `twoSum`, also where it is written as data sets of LeetCode's write it, `Solution().twoSum`. */
export const functionNamed = (written: string): string => written.trim().replace(/^Solution(?:\(\))?\./, '');

/** The same tests with the bare name of the function that they call. */
export const withBareName = (tests: CodeTests): CodeTests =>
  tests.kind === 'call' || tests.kind === 'check' ? { ...tests, entryPoint: functionNamed(tests.entryPoint) } : tests;
