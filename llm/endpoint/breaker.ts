import type { EndpointFault } from '../endpoint-fault.ts';

/** Faults in a row, with no answer between, that make an endpoint count as down: half the limit, at least these. */
const fewest = 8;
const firstPause = 1000;
const longestPause = 30_000;

/** Keeps calls away from an endpoint that is down, and lets one through now and then to see. */
export interface Breaker {
  readonly phase: 'closed' | 'open' | 'probing';
  /** When the next probe may go, in the clock's milliseconds; 0 when closed. */
  readonly until: number;
  /** The last fault, while not closed. */
  readonly fault: EndpointFault | null;
  /** Whether `admits` would let a call through. */
  wouldAdmit(now: number): boolean;
  /** Whether a call may be sent now; the caller sends it. A probe is let through once. */
  admits(now: number): boolean;
  /** Says whether the endpoint is back after a pause. */
  answered(): boolean;
  /** `inFlight`: the calls that are left; `limit`: how many there may be. */
  failed(fault: EndpointFault, inFlight: number, limit: number, now: number): void;
  /** The probe came to no result: aborted before its answer. */
  abandoned(): void;
}

/**
 * Trips when half of what is in flight, and 8 at least, fails in a row: faults come back faster than answers, so fewer
 * say nothing. Refusals for load trip it only when nothing is left in flight: as long as the endpoint works on others,
 * the limiter is enough. Pauses double from 1 s to 30 s, or are as long as the endpoint asks for.
 */
export const breaker = (): Breaker => {
  let phase: Breaker['phase'] = 'closed';
  let inRow = 0;
  let pause = firstPause;
  let until = 0;
  let last: EndpointFault | null = null;

  const open = (fault: EndpointFault, now: number): void => {
    phase = 'open';
    last = fault;
    until = Math.max(until, now + Math.max(pause, fault.retryAfter ?? 0));
  };

  const wouldAdmit = (now: number): boolean => phase === 'closed' || (phase === 'open' && now >= until);

  return {
    get phase() {
      return phase;
    },
    get until() {
      return until;
    },
    get fault() {
      return last;
    },
    wouldAdmit,
    admits(now) {
      if (!wouldAdmit(now)) return false;
      if (phase === 'open') phase = 'probing';
      return true;
    },
    answered() {
      const back = phase !== 'closed';
      phase = 'closed';
      inRow = until = 0;
      pause = firstPause;
      last = null;
      return back;
    },
    failed(fault, inFlight, limit, now) {
      inRow++;
      if (phase === 'probing') {
        pause = Math.min(longestPause, pause * 2);
        open(fault, now);
      } else if (phase === 'open') until = Math.max(until, now + (fault.retryAfter ?? 0));
      else if (inRow >= Math.max(fewest, limit / 2) && (fault.kind !== 'shed' || inFlight === 0)) open(fault, now);
    },
    abandoned() {
      if (phase === 'probing') phase = 'open';
    },
  };
};
