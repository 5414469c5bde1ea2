import { describe, expect, it } from 'vitest';
import { meter } from '../../../../cli/view/watch/meter.ts';
import { pace } from '../../../../cli/view/watch/pace.ts';

const stage = 'grade';
const partition = 0;
const at = (offset: number) => ({ stage, partition, offset, key: 'k' });

describe('the meter', () => {
  it('counts what is in hand, done and dead; a record that died at the door was never in hand', () => {
    const events = meter();
    for (let offset = 0; offset < 5; offset++) events.observe({ kind: 'taken', ...at(offset) }, 1000 * offset);
    events.observe({ kind: 'completed', ...at(0), ports: [] }, 6000);
    const letter = { kind: 'dead-letter', code: 'c', message: 'm' } as const;
    events.observe({ ...letter, ...at(2), taken: true }, 6000);
    events.observe({ ...letter, ...at(9), taken: false }, 6000);
    expect(events.stages(6000)).toEqual([{ stage, inHand: 3, oldestSeconds: 5, done: 1, dead: 2, perSecond: 1 }]);
  });

  it('has nothing in hand of a partition that it lost', () => {
    const events = meter();
    events.observe({ kind: 'taken', ...at(0) }, 0);
    events.observe({ kind: 'taken', ...at(0), partition: 11 }, 0);
    events.observe({ kind: 'lost', stage, sources: [{ topic: 'problems', partition: 1 }] }, 0);
    expect(events.stages(0)[0]).toMatchObject({ inHand: 2 });
    events.observe({ kind: 'lost', stage, sources: [{ topic: 'problems', partition }] }, 0);
    expect(events.stages(0)[0]).toMatchObject({ inHand: 1, oldestSeconds: 0 });
  });

  it('gives the pace of the last ten seconds, from the first record on', () => {
    const events = meter();
    const complete = (second: number) => events.observe({ kind: 'completed', ...at(0), ports: [] }, second * 1000);
    for (let second = 0; second < 4; second++) for (let at = 0; at < 8; at++) complete(second);
    expect(events.stages(3000)[0]?.perSecond).toBe(8);
    expect(events.stages(11_000)[0]?.perSecond).toBe(1.6);
    expect(events.stages(30_000)[0]?.perSecond).toBe(0);
  });
});

describe('the time that is left', () => {
  it('follows the last minute, and says nothing where nothing moves', () => {
    const speed = pace();
    expect(speed.eta(0, 100, 0)).toBeNull();
    expect(speed.eta(10, 100, 10_000)).toBe(90);
    expect(speed.eta(10, null, 11_000)).toBeNull();
    expect(speed.eta(100, 100, 12_000)).toBe(0);
    const still = pace();
    for (let at = 0; at <= 200; at++) still.eta(5, 100, at * 1000);
    expect(still.eta(5, 100, 201_000)).toBeNull();
  });
});
