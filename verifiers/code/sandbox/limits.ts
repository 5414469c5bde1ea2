import type { Limits } from './port.ts';

const WALL_FACTOR = 3;
const WALL_EXTRA_SECONDS = 2;

/** Seconds on the clock that one request may take: a program may sleep, and the machine may be busy with others. */
export function wallSeconds(limits: Limits): number {
  return limits.timeSeconds * WALL_FACTOR + WALL_EXTRA_SECONDS;
}
