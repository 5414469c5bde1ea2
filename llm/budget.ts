import type { Cost } from './prices.ts';

/** A part of the budget that is set aside for one call. */
export interface Reservation {
  /** Gives back what the call did not cost. */
  settle(spent: Cost): void;
}

export interface Budget {
  /**
   * Sets the most that a call can cost aside, durably, before it is sent. Waits while calls in flight may still give
   * something back; rejects with an LlmError `budget` when nothing more fits.
   */
  reserve(model: string, atMost: Cost, signal: AbortSignal): Promise<Reservation>;
}
