import { setTimeout as sleep } from 'node:timers/promises';
import { defaults, type KafkaSettings, missingMilliseconds } from '../settings.ts';
import { asTransportError, isMissingTopic, isTransient } from '../wire/faults.ts';

export interface RetryOptions {
  readonly milliseconds?: number;
  readonly signal?: AbortSignal;
  readonly transient?: (error: unknown) => boolean;
}

/** Repeats what fails for a passing reason, with pauses, until it works or `milliseconds` are over. */
export type Retry = <Result>(what: string, action: () => Promise<Result>, options?: RetryOptions) => Promise<Result>;

export const makeRetry =
  (settings: KafkaSettings, closed: AbortSignal): Retry =>
  async (what, action, options = {}) => {
    const { milliseconds = settings.readMilliseconds ?? defaults.readMilliseconds } = options;
    const started = performance.now();
    let told = false;
    for (let pause = 5; ; pause = Math.min(pause * 1.5, 500)) {
      options.signal?.throwIfAborted();
      try {
        const result = await action();
        if (told) settings.log?.('info', `${what}: it goes on`);
        return result;
      } catch (error) {
        const again = (options.transient ?? isTransient)(error) && !closed.aborted;
        // A broker comes back by itself; a topic that is not there has to be made by somebody.
        const limit = isMissingTopic(error) ? Math.min(missingMilliseconds(settings), milliseconds) : milliseconds;
        if (!again || performance.now() + pause > started + limit) throw asTransportError(error, what);
        if (!told && performance.now() > started + TOLD_AFTER_MILLISECONDS) {
          told = true;
          settings.log?.('warn', `${what}: ${(error as Error).message}; tried until it works`);
        }
        await sleep(pause, undefined, { signal: closed }).catch(() => {});
      }
    }
  };

/** What a broker's restart or a new leader costs is not worth a word. */
const TOLD_AFTER_MILLISECONDS = 3_000;
