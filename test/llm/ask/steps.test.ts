import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSteps } from '../../../llm/ask/steps.ts';

describe('the steps of a trajectory', () => {
  it.each([
    ['end at blank lines', 'a\nb\n\nc', ['a\nb', 'c']],
    ['end at lines of white space', 'a\n \t\nb\r\n\r\nc', ['a', 'b', 'c']],
    ['are the whole text where it has no blank line', 'a\nb\nc', ['a\nb\nc']],
    ['are trimmed, and none is empty', '\n\n  a \n\n\n\n b\n\n', ['a', 'b']],
    ['are none where there is nothing', ' \n\n\t', []],
  ])('%s', (_what, text, steps) => {
    expect(splitSteps(text).map((step) => step.text)).toEqual(steps);
  });

  it('hold all of the text, in order, and lie where they say', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', '\n', '\n\n', '\r\n', '\r', ' ')).map((parts) => parts.join(''));
    const bare = (whole: string) => whole.replaceAll(/\s/g, '');
    fc.assert(
      fc.property(text, (whole) => {
        const steps = splitSteps(whole);
        expect(bare(steps.map((step) => step.text).join(''))).toBe(bare(whole));
        for (const { text: step, start, end } of steps) expect(whole.slice(start, end)).toBe(step);
      }),
    );
  });
});
