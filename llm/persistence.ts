import { LlmError } from './errors.ts';
import type { EndpointFault } from './faults.ts';
import type { EndpointSettings } from './settings.ts';

const firstBackoff = 250;
const longestBackoff = 30_000;

/**
 * Milliseconds until the next attempt of one call: doubling from 0.25 s to 30 s, never before the endpoint's own
 * Retry-After. `turn` (any running number) spreads calls that failed together over the second half of the wait.
 */
export const backoff = (attempt: number, { retryAfter }: EndpointFault, turn: number): number => {
  const wait = Math.min(longestBackoff, firstBackoff * 2 ** attempt);
  const spread = 0.5 + ((turn * 0.618033988749895) % 1) / 2;
  return Math.max(wait * spread, (retryAfter ?? 0) * (1 + (spread - 0.5) / 5));
};

/** Failures in a row of one call, each with answers to others since the last, after which the call is to blame. */
const loneLimit = 20;

/**
 * Watches one call for failing while others are answered. Some servers fail with a 500 on one prompt for ever; such a
 * record is a dead letter, or the run would never end. An outage never counts: nobody is answered then.
 */
export const loneFailures = (settings: EndpointSettings, answeredBefore: number) => {
  let failures = 0;
  let seen = answeredBefore;
  return {
    /** Throws `fails-alone` when it is enough. */
    add(fault: EndpointFault, answered: number): void {
      if (fault.kind === 'shed' || answered === seen) return;
      seen = answered;
      if (++failures < loneLimit) return;
      const what = `${settings.baseUrl} (model ${settings.model}) failed ${failures} times on this request`;
      throw new LlmError('fails-alone', `${what} while it answered others: ${fault.message}`, { cause: fault });
    },
  };
};
