import type { Interval } from '../../flow/evaluation/intervals.ts';
import { ink, type Picture } from './pictures.ts';
import { change } from './words.ts';

export interface Difference {
  readonly name: string;
  readonly share: number;
  readonly interval: Interval;
}

/** Differences with their 95 % intervals: what does not reach over the line in the middle differs for sure. */
export const differencePicture = (title: string, differences: readonly Difference[]): Picture => ({
  title,
  says: differences
    .map(({ name, share, interval: [low, high] }) => `${name}: ${change(share)} (${change(low)} to ${change(high)})`)
    .join('; '),
  spec: {
    height: { step: 28 },
    layer: [
      { data: { values: [{}] }, mark: { type: 'rule', color: ink.quiet, aria: false }, encoding: { x: { datum: 0 } } },
      {
        data: { values: differences.map(({ name, interval: [low, high] }) => ({ name, low, high })) },
        mark: { type: 'rule', strokeWidth: 3, color: ink.quiet },
        encoding: {
          y,
          x: {
            field: 'low',
            type: 'quantitative',
            axis: { format: '+%' },
            title: 'difference, with its 95 % interval',
          },
          x2: { field: 'high' },
        },
      },
      {
        data: { values: differences.map(({ name, share }) => ({ name, share })) },
        mark: { type: 'point', filled: true, opacity: 1, size: 80, color: ink.accent },
        encoding: { y, x: { field: 'share', type: 'quantitative' } },
      },
    ],
  },
});

const y = { field: 'name', type: 'nominal', sort: null, title: null } as const;
