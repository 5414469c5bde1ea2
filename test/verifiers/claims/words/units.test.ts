import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsOf } from '../../../../verifiers/claims/words/units.ts';

const spelled = (text: string): string[] => unitsOf(text).map(({ normal }) => normal);

describe('the units of a text', () => {
  it('are its words, the signs of scripts without spaces, and signs that link', () => {
    expect(spelled("So it's: x’s, 答案 = B2")).toEqual(['so', 'it', "'s", ':', 'x', "'s", '答', '案', '=', 'b2']);
  });

  it('of an English text are the same where a sign of another script stands behind it', () => {
    const piece = fc.constantFrom("don't", "it's", "'s", 'a1', ' ', "'", ':', '=', '-', 'S', 'word'.repeat(30));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(spelled(`${text} ✓`)).toEqual([...spelled(`${text} `), '✓']);
      }),
      { seed: 1 },
    );
  });

  it('leave out what is hidden, and show that it is there', () => {
    expect(unitsOf('a $x$ b', undefined, [{ start: 2, end: 5 }]).map(({ normal }) => normal)).toEqual(['a', '', 'b']);
  });
});
