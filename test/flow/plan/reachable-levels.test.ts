import { expect, it } from 'vitest';
import { unreachableLevels } from '../../../flow/plan/reachable-levels.ts';

const even: [number, number, number, number] = [0.2, 0.4, 0.6, 0.8];

it.each([
  [2, ['level_5', 'level_4', 'level_2']],
  [4, ['level_5']],
  [5, []],
  [10, []],
])('of %i attempts the shares cannot give %j', (attempts, never) => {
  expect(unreachableLevels({ from: 'evaluation', by: 'pass-rate', thresholds: even }, attempts)).toEqual(never);
});

it('says nothing where levels rest on scores', () => {
  expect(unreachableLevels({ from: 'evaluation', by: 'score', thresholds: even }, 1)).toEqual([]);
  expect(unreachableLevels({ by: 'pass-rate', thresholds: 'quantiles', from: 'evaluation' }, 2)).toEqual([]);
});
