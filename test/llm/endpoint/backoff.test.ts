import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from '../../../llm/endpoint/backoff.ts';
import { EndpointFault } from '../../../llm/endpoint-fault.ts';

const fault = (retryAfter: number | null) => new EndpointFault('shed', 'no', { retryAfter });

describe('the wait before the next attempt', () => {
  it('doubles from a quarter of a second to half a minute, the half of it spread', () => {
    for (const [attempt, most] of [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
      const waits = Array.from({ length: 100 }, (_none, turn) => backoff(attempt, fault(null), turn, false));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2);
      expect(Math.max(...waits)).toBeLessThanOrEqual(most);
      expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(most * 0.4);
    }
  });

  it('is never shorter than what the endpoint asks for, nor much longer', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(600_000), fc.nat(), (attempt, retryAfter, turn) => {
        const wait = backoff(attempt, fault(retryAfter), turn, false);
        expect(wait).toBeGreaterThanOrEqual(retryAfter);
        expect(wait).toBeLessThanOrEqual(Math.max(30_000, retryAfter * 1.1));
      }),
    );
  });
});
