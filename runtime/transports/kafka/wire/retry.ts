import { setTimeout as sleep } from 'node:timers/promises';
import { defaults, type KafkaSettings, missingMilliseconds } from '../settings.ts';
import { asTransportError, isMissingTopic, isTransient } from './faults.ts';

export interface RetryOptions {
  readonly milliseconds?: number;
  readonly signal?: AbortSignal;
  readonly transient?: (error: unknown) => boolean;
}

/** Repeats what fails for a passing reason, with pauses, until it works or `milliseconds` are over. */
export type Retry = <Result>(what: string, action: () => Promise<Result>, options?: RetryOptions) => Promise<Result>;

export const makeRetry = (settings: KafkaSettings, closed: AbortSignal): Retry => {
  let complained = Number.NEGATIVE_INFINITY;
  const complain = (message: string): void => {
    if (Date.now() - complained < SILENT_MILLISECONDS) return;
    complained = Date.now();
    settings.log?.('warn', message);
  };
  return async (what, action, options = {}) => {
    const { milliseconds = settings.readMilliseconds ?? defaults.readMilliseconds } = options;
    const started = Date.now();
    for (let pause = 5; ; pause = Math.min(pause * 1.5, 500)) {
      options.signal?.throwIfAborted();
      try {
        return await action();
      } catch (error) {
        const again = (options.transient ?? isTransient)(error) && !closed.aborted;
        const limit = isMissingTopic(error) ? Math.min(missingMilliseconds(settings), milliseconds) : milliseconds;
        if (!again || Date.now() + pause > started + limit) throw asTransportError(error, what);
        if (Date.now() - started > SILENT_MILLISECONDS) complain(`${what}: ${(error as Error).message}; trying on`);
        await sleep(pause, undefined, { signal: closed }).catch(() => {});
      }
    }
  };
};

/** What fails for longer is worth a word, and another one after as long. */
const SILENT_MILLISECONDS = 10_000;
