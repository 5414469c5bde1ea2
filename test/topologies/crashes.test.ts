import { expect, it } from 'vitest';
import { killedFlow } from '../helpers/kills/killed-flow.ts';

it('leaves every problem in one state and emits the same, at whatever commits a run is killed', async () => {
  const whole = await killedFlow([]);
  expect(whole).toMatchObject({ end: 'complete', faults: [] });
  expect(whole.emitted).toHaveLength(60);
  let killed = 0;
  for (const commits of [[1], [2, 3], [5, 8], [13, 4, 6], [21, 30], [40, 1, 1, 2], [70, 12, 3]]) {
    const again = await killedFlow(commits);
    expect(again).toMatchObject({ end: 'complete', faults: [] });
    expect(again.emitted).toEqual(whole.emitted);
    expect(again.outcomes).toEqual(again.admissions);
    expect(new Set(again.outcomes).size).toBe(again.outcomes.length);
    killed += again.killed;
  }
  expect(killed).toBeGreaterThan(12);
});
