import type { KafkaSettings } from '../settings.ts';
import { faultType } from '../wire/faults.ts';

/**
 * How many bytes the next transaction may have. One that takes longer than the broker grants it would fail for ever at
 * the same size: what fails is tried again in halves, and told once until commits go through again.
 */
export class TransactionRoom {
  bytes = TRANSACTION_BYTES;
  readonly #log: NonNullable<KafkaSettings['log']>;
  #failures = 0;
  #isTold = false;

  constructor(log: NonNullable<KafkaSettings['log']>) {
    this.#log = log;
  }

  /** A transaction went through. */
  grow(): void {
    if (this.#failures > 0) this.#log('info', 'commits go through again');
    this.#failures = 0;
    this.#isTold = false;
    this.bytes = Math.min(2 * this.bytes, TRANSACTION_BYTES);
  }

  /** A transaction of so many bytes failed. */
  shrink(tried: number, error: Error): void {
    this.bytes = Math.max(Math.floor(Math.min(tried, this.bytes) / 2), 1);
    this.#failures++;
    if (this.#isTold) return;
    // Once is ordinary: whoever takes a partition over shuts out the producer of the owner before.
    const isShutOut = this.#failures === 1 && faultType(error) === 'INVALID_PRODUCER_EPOCH';
    this.#isTold = !isShutOut;
    this.#log(
      isShutOut ? 'info' : 'warn',
      `a commit of ${tried} bytes failed: ${error.message}; it is tried again in halves until it works`,
    );
  }
}

const TRANSACTION_BYTES = 16 << 20;
