import { abortable } from '../../waiting/wait.ts';
import { LlmError } from '../errors.ts';
import type { EndpointSettings } from '../settings.ts';

/** So many refusals without a single answer mean that the settings are wrong, not the records. */
const enough = 20;

/**
 * Whose fault refusals are, the records' or the settings': they are held back until it is known, and no record is lost
 * to a wrong setting. An answer to any call that was sent later acquits the endpoint; 20 refusals with none convict it,
 * and so does a refusal of a request in which nothing can be refused (the canary), which is asked where nothing else
 * is left to tell. A right or a model that is missing (403, 404) may go missing at any time: each opens the trial anew.
 */
export interface Trial {
  /**
   * Takes a refusal up; gives the error that stops the endpoint where it is the one too many.
   * @param sent how many calls have been sent so far
   */
  refused(error: LlmError, sent: number): LlmError | null;
  /** What a refused call is to end in, once it is known. Rejects with the signal's reason. */
  verdict(error: LlmError, signal: AbortSignal): Promise<LlmError>;
  /** A call was answered; `number` counts the calls in the order of their sending, from 1. */
  answered(number: number): void;
  /** The canary was refused: gives the error that stops the endpoint. */
  convict(error: LlmError): LlmError;
  /** Nobody will ever know: those held end in this error, or in their own. */
  drop(error: LlmError | null): void;
  /** How many refusals are held. */
  readonly held: number;
}

export const trial = (settings: EndpointSettings): Trial => {
  const held = new Set<(verdict: LlmError | null) => void>();
  let refusals = 0;
  /** Answers to calls up to this one prove nothing; null where nothing is in doubt. */
  let since: number | null = 0;

  const drop = (verdict: LlmError | null): void => {
    for (const give of held) give(verdict);
    held.clear();
  };

  const convicted = (error: LlmError, how: string): LlmError => {
    const what = `${settings.baseUrl} (model ${settings.model}) ${how}`;
    const verdict =
      error.disposition === 'stop'
        ? error
        : (error.ifEverybody ??
          new LlmError('refuses-everything', `${what}: check the settings. The last: ${error.message}`));
    drop(verdict);
    return verdict;
  };

  return {
    refused(error, sent) {
      if (since === null && error.ifEverybody !== null) {
        since = sent;
        refusals = 0;
      }
      if (since === null || ++refusals < enough) return null;
      return convicted(error, `refused each of the first ${refusals} requests`);
    },
    verdict: async (error, signal) =>
      since === null || error.disposition === 'stop' ? error : holdIn(held, error, signal),
    answered(number) {
      if (since === null || number <= since) return;
      since = null;
      drop(null);
    },
    convict: (error) => convicted(error, `refused each of ${refusals} requests, the simplest there is among them`),
    drop,
    get held() {
      return held.size;
    },
  };
};

const holdIn = (
  held: Set<(verdict: LlmError | null) => void>,
  error: LlmError,
  signal: AbortSignal,
): Promise<LlmError> =>
  abortable(signal, ({ resolve }) => {
    const give = (verdict: LlmError | null): void => resolve(verdict ?? error);
    held.add(give);
    return () => held.delete(give);
  });
