import { LlmError } from './errors.ts';
import type { EndpointSettings } from './settings.ts';

/** So many refusals without a single answer mean that the settings are wrong, not the records. */
const enough = 20;

/**
 * Holds the refusals of single records back until it is known whose fault they are: once the endpoint answers
 * anything, or has nothing left to do, they are the records'; after 20 of them with no answer the run is to stop, and
 * no record was lost to a wrong setting.
 */
export const firstRefusals = (settings: EndpointSettings) => {
  const held = new Set<(verdict: LlmError | null) => void>();
  let refusals = 0;
  let settled = false;

  const release = (verdict: LlmError | null): void => {
    for (const give of held) give(verdict);
    held.clear();
  };

  const hold = (error: LlmError, signal: AbortSignal): Promise<LlmError> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const give = (verdict: LlmError | null): void => {
        signal.removeEventListener('abort', aborted);
        resolve(verdict ?? error);
      };
      const aborted = (): void => {
        held.delete(give);
        reject(signal.reason);
      };
      signal.addEventListener('abort', aborted, { once: true });
      held.add(give);
    });

  return {
    /** Counts a refusal; gives the error that stops the run where it is the one too many. */
    count(error: LlmError): LlmError | null {
      if (settled || ++refusals < enough) return null;
      const what = `${settings.baseUrl} (model ${settings.model}) refused each of the first ${refusals} requests`;
      const verdict = new LlmError('refuses-everything', `${what}: check the settings. The last: ${error.message}`);
      release(verdict);
      return verdict;
    },
    /** The error that a refused call is to end in, once it is known. Rejects with the signal's reason. */
    verdict: async (error: LlmError, signal: AbortSignal): Promise<LlmError> =>
      settled || error.fate === 'stop' ? error : hold(error, signal),
    /** The endpoint answered: what it refuses is the records' own fault. */
    answered(): void {
      settled = true;
      release(null);
    },
    /** Nobody will ever know: the calls end in this error instead. */
    drop(error: LlmError): void {
      release(error);
    },
    /** The endpoint has nothing more to do for now: there is nothing to wait for. */
    idle(): void {
      release(null);
    },
  };
};
