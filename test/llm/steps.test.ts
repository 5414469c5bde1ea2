import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSteps } from '../../llm/steps.ts';

describe('the steps of a trajectory', () => {
  it.each([
    ['end at blank lines', 'a\nb\n\nc', ['a\nb', 'c']],
    ['end at lines of white space', 'a\n \t\nb\r\n\r\nc', ['a', 'b', 'c']],
    ['are the whole text where it has no blank line', 'a\nb\nc', ['a\nb\nc']],
    ['are trimmed, and none is empty', '\n\n  a \n\n\n\n b\n\n', ['a', 'b']],
    ['are none where there is nothing', ' \n\n\t', []],
  ])('%s', (_what, text, steps) => {
    expect(splitSteps(text)).toEqual(steps);
  });

  it('are the lines where a model wants it so', () => {
    expect(splitSteps('a\nb\n\n c ', 'line')).toEqual(['a', 'b', 'c']);
  });

  it('hold all of the text, in order', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', '\n', '\n\n', '\r\n', ' ')).map((parts) => parts.join(''));
    const bare = (whole: string) => whole.replaceAll(/\s/g, '');
    fc.assert(
      fc.property(text, fc.constantFrom('line', 'blank-line'), (whole, rule) => {
        expect(bare(splitSteps(whole, rule).join(''))).toBe(bare(whole));
      }),
    );
  });
});
