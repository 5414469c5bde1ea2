import { EndpointFault } from '../endpoint-fault.ts';
import { faultOf } from '../http/faults/fault-of.ts';
import { maskOf } from '../mask.ts';
import { secretsOf } from '../settings.ts';
import type { Standing } from './standing.ts';

/** Waits out the faults of the endpoint. */
export const patiently = async <T>(standing: Standing, work: (again: boolean) => Promise<T>): Promise<T> => {
  const { settings, clock, draining } = standing;
  const mask = maskOf(secretsOf(settings));
  for (let turn = 0; ; turn++) {
    try {
      return await work(turn > 0);
    } catch (error) {
      draining.signal.throwIfAborted();
      const fault = faultOf(error, settings, mask);
      if (!(fault instanceof EndpointFault)) throw fault.ifEverybody ?? fault;
      await clock.sleep(fault.retryAfter ?? Math.min(30_000, 250 * 2 ** turn), draining.signal);
    }
  }
};
