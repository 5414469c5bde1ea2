import { describe, expect, it } from 'vitest';
import { isUnitName } from '../../../../verifiers/maths/value/units.ts';
import { isLabel, limits } from '../../../../verifiers/maths/value/word-roles.ts';

describe('words behind a value', () => {
  it.each([
    'apples',
    'ways',
    'red marbles left',
    'dollars per hour',
    'positive divisors',
    'in total',
    'is the answer',
    'of them',
    'gallons more than the van',
    'times as many marbles as Tom',
    '个',
  ])('count or close: %s', (phrase) => {
    expect(limits(phrase, isUnitName)).toBe(false);
  });

  it.each([
    'squared',
    'lakh',
    'or more',
    'gallons more than twenty',
    'times as many',
    'and up',
    'point five',
    'choose 2',
    'divided by 2',
    'tenths',
    'times pi',
    'at least',
    'is wrong',
    'rejected',
    'blorp',
    'раза',
  ])('limit it or are not known: %s', (phrase) => {
    expect(limits(phrase, isUnitName)).toBe(true);
  });
});

describe('words in front of a value', () => {
  it.each(['the answer is', 'a total of', 'Area', 'the two roots sum to give', 'exactly', 'The largest value of n is'])(
    'name it: %s',
    (phrase) => {
      expect(isLabel(phrase)).toBe(true);
    },
  );

  it.each([
    'a multiple of',
    'divisible by',
    'all but',
    'ten times',
    'coprime to',
    'half of it is',
    'not',
    'the length of side',
    'nearly',
    'blorp',
  ])('change it or are not known: %s', (phrase) => {
    expect(isLabel(phrase)).toBe(false);
  });
});
