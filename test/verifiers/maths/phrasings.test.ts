import { describe, expect, it } from 'vitest';
import { verifyMaths } from '../../../verifiers/maths/verify.ts';
import { ANSWERS, ANSWERS_NOT } from './phrasings.ts';

const verdict = (answer: string, response: string): string =>
  verifyMaths({ reference: { domain: 'maths', answer }, response }).verdict;

describe('an answer is read however it is phrased', () => {
  it.each(ANSWERS)('%s in: %s', (reference, response) => {
    expect(verdict(reference, response)).toBe('right');
  });
});

describe('what only stands near is not taken for it', () => {
  it.each(ANSWERS_NOT)('%s in: %s', (reference, response) => {
    expect(verdict(reference, response)).not.toBe('right');
  });
});
