import { describe, expect, it } from 'vitest';
import { explainChoice } from '../../../verifiers/choice/explain.ts';
import { findChoice } from '../../../verifiers/choice/find-choice.ts';
import { PHRASINGS } from './phrasings.ts';

describe('which option a text chooses', () => {
  it.each(PHRASINGS.map(([letter, response, choices]) => ({ letter, response, choices })))(
    '$letter in: $response',
    ({ letter, response, choices }) => {
      const { letters } = findChoice(response, choices);
      expect(letters.length === 1 ? letters[0] : null).toBe(letter);
    },
  );
});

describe('an explanation', () => {
  const choices = ['Oslo', 'Bergen', 'Trondheim', 'Stavanger'];
  const explained = (response: string) =>
    explainChoice({ answer: 'B', choices }, response).claims.map(
      ({ reading, how, stance, lost }) => `${reading.join()} ${how} ${stance}: ${lost}`,
    );

  it('says of every option that is named how it is held, and why it is not the answer', () => {
    expect(explained('It is not A. If C were north, D. The answer is B.')).toEqual([
      'A last denied: it is denied',
      'C last supposed: it is supposed',
      'D last stated: the answer stands as cue',
      'B cue stated: null',
    ]);
  });

  it('says what was taken back', () => {
    expect(explained('The answer is A. Sorry, B.')).toEqual(['A cue corrected: it is corrected', 'B cue stated: null']);
  });
});
