/**
 * What the user's signals mean: the first asks to finish what is in hand, the second to let go at once, the third to end
 * whatever happens, for what waits for brokers that are away. With a grace, which an orchestrator gives before it kills,
 * the second and third come by themselves, in time.
 */
export interface Signals {
  readonly stopping: AbortSignal;
  readonly aborted: AbortSignal;
  /** The exit code that the first signal asks for; 0 before. */
  readonly exitCode: () => number;
  readonly release: () => void;
}

export const listenToSignals = (
  tell: (message: string) => void,
  exit: (code: number) => void = process.exit,
  graceSeconds = Number.POSITIVE_INFINITY,
): Signals => {
  const timers: NodeJS.Timeout[] = [];
  const stopping = new AbortController();
  const aborted = new AbortController();
  let code = 0;
  const on = (signal: NodeJS.Signals) => {
    if (aborted.signal.aborted) return exit(code);
    if (stopping.signal.aborted) {
      tell('letting go; what was answered is kept; once more to end now');
      aborted.abort(new Error(`aborted by ${signal}`));
      return;
    }
    code = signal === 'SIGINT' ? 130 : 143;
    tell('finishing what is in flight; once more to let go at once');
    stopping.abort(new Interrupted(`stopped by ${signal}`, code));
    if (!Number.isFinite(graceSeconds)) return;
    for (const share of [LET_GO_AFTER, END_AFTER]) timers.push(setTimeout(on, share * graceSeconds * 1000, signal));
  };
  process.on('SIGINT', on).on('SIGTERM', on);
  return {
    stopping: stopping.signal,
    aborted: aborted.signal,
    exitCode: () => code,
    release: () => {
      for (const timer of timers) clearTimeout(timer);
      process.off('SIGINT', on).off('SIGTERM', on);
    },
  };
};

/** A command was asked to stop before it had anything in flight. */
export class Interrupted extends Error {
  readonly disposition = 'stop';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Shares of the grace. */
const LET_GO_AFTER = 0.8;
const END_AFTER = 0.95;
