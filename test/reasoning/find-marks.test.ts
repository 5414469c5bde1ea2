import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECTS, TURN_ENDS } from '../../reasoning/dialects.ts';
import { finderOf } from '../../reasoning/find-marks.ts';
import { HOSTILE } from '../verifiers/maths/hostile/hostile-inputs.ts';

const known = [...TURN_ENDS, ...DIALECTS.flatMap(({ opens, closes }) => [...opens, ...closes])];
const find = finderOf(new Map(known.map((mark) => [mark, mark])));

/** Every mark tried at every place. */
const oracle = (text: string) => {
  const kinds: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let start = 0; start < text.length; start++) {
    const here = known.filter((mark) => text.slice(start, start + mark.length).toLowerCase() === mark.toLowerCase());
    const [kind] = here.sort((one, other) => other.length - one.length);
    if (kind === undefined) continue;
    kinds.push(kind);
    starts.push(start);
    ends.push(start + kind.length);
    start += kind.length - 1;
  }
  return { kinds, starts, ends };
};

/** How often a sign of the text is looked at. */
const stepsOver = (text: string): number => {
  let steps = 0;
  const charCodeAt = (at: number) => {
    steps++;
    return text.charCodeAt(at);
  };
  find({ length: text.length, charCodeAt });
  return steps;
};

describe('the marks of a text', () => {
  it('are found as trying each of them everywhere finds them', () => {
    const piece = fc.constantFrom(
      ...known,
      ...known.map((mark) => mark.slice(0, -1).toUpperCase()),
      '<',
      '|>',
      'a',
      '😀',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (one) => {
        expect(find(one)).toEqual(oracle(one));
      }),
    );
  });

  it.each<readonly [what: string, text: string]>([
    ...Object.entries(HOSTILE),
    ...known.map((mark) => [`beginnings of ${mark}`, mark.slice(0, -1).repeat(1000)] as const),
    ['one that shares the most with others', '<|channel|>analysi<|channel|>'.repeat(1000)],
  ])('take two steps a sign at most: %s', (_what, text) => {
    expect(stepsOver(text)).toBeLessThanOrEqual(2 * text.length);
  });
});
