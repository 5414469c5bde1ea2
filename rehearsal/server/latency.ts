import { chance } from '../exercises/random.ts';
import type { RehearsalSettings } from '../models/settings.ts';

/** Milliseconds until the answer to a request, by its running number and the time since the first one. */
export const delayOf = ({ seed, latency, faults }: RehearsalSettings, request: number, elapsed: number): number => {
  const { milliseconds, tailShare, tailMilliseconds } = latency;
  let delay = milliseconds === 0 ? 0 : milliseconds * (0.5 + chance('latency', seed, request));
  if (tailShare > 0 && chance('tail', seed, request) < tailShare) delay += tailMilliseconds;
  for (const { from, to, factor } of faults.slow) if (elapsed >= from && elapsed < to) delay *= factor;
  for (const { from, to } of faults.stalls) if (elapsed >= from && elapsed < to) delay += to - elapsed;
  return delay;
};
