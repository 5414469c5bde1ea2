import type { EndpointFault } from '../endpoint-fault.ts';
import { LlmError } from '../errors.ts';
import type { EndpointSettings } from '../settings.ts';

/** Failures of one call, each with answers to others since the last, after which the call is to blame. */
const loneLimit = 10;
/** Failures of one call from which on it is worth another call to see whether the endpoint lives. */
const doubtLimit = 3;

/** A server as far as it counts its answers. */
interface Answering {
  readonly settings: EndpointSettings;
  readonly answered: number;
}

/**
 * Watches one call for failing while others are answered by the same server. Some servers fail with a 500 on one prompt
 * for ever; such a record is a dead letter, or the run would never end. An outage never counts: nobody is answered then.
 */
export const loneFailures = () => {
  let failures = 0;
  let all = 0;
  const seen = new Map<Answering, number>();
  return {
    /** The call is sent to this server: answers from now on count. */
    begins(at: Answering): void {
      if (!seen.has(at)) seen.set(at, at.answered);
    },
    /** Says whether others were answered since the last failure. Throws `fails-alone` when it is enough. */
    add(fault: EndpointFault, at: Answering): boolean {
      if (fault.kind === 'shed') return false;
      all++;
      if (at.answered === seen.get(at)) return false;
      seen.set(at, at.answered);
      if (++failures < loneLimit) return true;
      const { baseUrl, model } = at.settings;
      const what = `${baseUrl} (model ${model}) failed ${failures} times on this request`;
      throw new LlmError('fails-alone', `${what} while it answered others: ${fault.message}`, { cause: fault });
    },
    /** Whether only an answer to somebody else could tell an outage from a call that fails alone. */
    isInDoubt: (at: Answering): boolean => all >= doubtLimit && at.answered === seen.get(at),
  };
};

/** So many answers that nobody can read, before the first that one can, mean that this is no such endpoint. */
const unreadableLimit = 8;

/** Counts answers that cannot be read; the text of the last stands in the error. They may cost money, each of them. */
export const unreadable = ({ baseUrl, model }: EndpointSettings) => {
  let count = 0;
  return {
    /** Gives the error that stops the endpoint when it is enough. */
    add(fault: EndpointFault): LlmError | null {
      if (fault.kind !== 'malformed' || ++count < unreadableLimit) return null;
      const what = `${baseUrl} (model ${model}) gave ${count} answers, and none that can be read`;
      return new LlmError('answers-nothing-readable', `${what}: check baseUrl and model. The last: ${fault.message}`);
    },
  };
};
