import { describe, expect, it } from 'vitest';
import { readClaim } from '../../../verifiers/choice/claimed.ts';
import { explainChoice } from '../../../verifiers/choice/explain.ts';
import { findChoice } from '../../../verifiers/choice/find-choice.ts';
import { optionsOf } from '../../../verifiers/choice/options/options.ts';
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

describe('a list in a box', () => {
  const options = optionsOf(['red', 'green', 'blue']);

  it.each(['(x+1)', '1,', '\\pm 1,', '(1,2)\\cup', 'pink, ', '; ', '–'])(
    'of %j is read, however long it is',
    (unit) => {
      expect(readClaim(unit.repeat(200_000), options)).toEqual([]);
    },
  );

  it('names several, and an option with a reason or its own commas is', () => {
    expect(readClaim('red, green', options)).toEqual(['A', 'B']);
    expect(readClaim('red, because it is', options)).toEqual(['A']);
    const pairs = optionsOf(['1, 2, 3', '1, 2', '3']);
    expect([readClaim('1, 2, 3', pairs), readClaim('1, 2', pairs)]).toEqual([['A'], ['B']]);
  });

  it('as long as its options are is compared whole', () => {
    const long = Array.from({ length: 3_000 }, (_, n) => `w${'abcdefghij'[n % 10]}`).join(' ');
    const texts = optionsOf([`${long} red`, `${long} green`]);
    expect([readClaim(`${long} green`, texts), readClaim(long, texts)]).toEqual([['B'], []]);
  });
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
