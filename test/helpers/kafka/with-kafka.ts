import { describe, inject } from 'vitest';

/** A `describe` that is skipped where the run has no broker; `brokers` are its addresses. */
export const describeKafka = (name: string, tests: (brokers: readonly string[]) => void): void => {
  const brokers = inject('kafka');
  describe.skipIf(brokers.length === 0)(name, () => tests(brokers));
};
