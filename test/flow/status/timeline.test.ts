import { describe, expect, it } from 'vitest';
import type { Status } from '../../../flow/status/status.ts';
import { timeline } from '../../../flow/status/timeline.ts';
import { busyStatus } from '../../helpers/busy-status.ts';

const at = (seconds: number, phase: 'open' | 'paused' = 'open'): Status => {
  const status = busyStatus();
  return { ...status, seconds, endpoints: status.endpoints.map((one) => ({ ...one, phase })) };
};

describe('the course of a run', () => {
  it('has a moment a second at most, with the rates of the stages', () => {
    const course = timeline();
    for (const seconds of [0, 0, 1, 1, 2]) course.note(at(seconds));
    expect(course.moments().map(({ seconds }) => seconds)).toEqual([0, 1, 2]);
    expect(course.moments()[0]?.rates).toMatchObject({ grade: 114.2, generate: 0.8 });
  });

  it('is bounded however long it goes on, from its begin to its end, and loses no pause', () => {
    const course = timeline(50);
    for (let seconds = 0; seconds <= 10_000; seconds++) course.note(at(seconds, seconds === 3333 ? 'paused' : 'open'));
    const moments = course.moments();
    expect(moments.length).toBeLessThanOrEqual(50);
    expect(moments.length).toBeGreaterThan(20);
    expect(moments[0]?.seconds).toBe(0);
    expect(moments.at(-1)?.seconds).toBeGreaterThan(9000);
    const paused = moments.filter((one) => one.paused.length > 0);
    expect(paused).toHaveLength(1);
    expect(paused[0]?.paused).toContain('teacher deepseek-r1 gpu-1:8000');
    expect(Math.abs((paused[0]?.seconds ?? 0) - 3333)).toBeLessThanOrEqual(512);
  });
});
