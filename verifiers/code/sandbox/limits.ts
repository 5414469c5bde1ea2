import type { Limits } from './port.ts';

const WALL_FACTOR = 3;
const WALL_EXTRA_SECONDS = 2;

/** Seconds on the clock that one request may take: a program may sleep, and the machine may be busy with others. */
export function wallSeconds(limits: Limits): number {
  return endSeconds(limits) * WALL_FACTOR + WALL_EXTRA_SECONDS;
}

/** Seconds of processor time at which a request is ended. */
export function endSeconds({ timeSeconds, grace = 1 }: Limits): number {
  return timeSeconds * grace;
}

/** What the clock ended was kept from running by others, where it had used this share of its processor time. */
export const STARVED_SHARE = 0.3;
