import type { EndpointFault } from '../endpoint-fault.ts';

const firstBackoff = 250;
const longestBackoff = 30_000;
/** An endpoint that answers others needs no long rest. */
const longestAlive = 8_000;

/**
 * Milliseconds until the next attempt of one call: doubling from 0.25 s to 30 s (8 s where the endpoint is known to
 * live), never before the endpoint's own Retry-After. `turn` (any running number) spreads calls that failed together
 * over the second half of the wait.
 */
export const backoff = (
  attempt: number,
  { retryAfter }: Pick<EndpointFault, 'retryAfter'>,
  turn: number,
  isAlive: boolean,
): number => {
  const wait = Math.min(isAlive ? longestAlive : longestBackoff, firstBackoff * 2 ** attempt);
  const spread = 0.5 + ((turn * 0.618033988749895) % 1) / 2;
  return Math.max(wait * spread, (retryAfter ?? 0) * (1 + (spread - 0.5) / 5));
};
