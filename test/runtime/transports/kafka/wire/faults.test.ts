import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { explainError } from '../../../../../cli/exit.ts';
import {
  asTransportError,
  BrokerFault,
  faultType,
  isTransient,
} from '../../../../../runtime/transports/kafka/wire/faults.ts';

const { createErrorFromCode } = createRequire(import.meta.url)('kafkajs/src/protocol/error') as {
  createErrorFromCode: (code: number) => Error;
};

describe('what a broker refuses', () => {
  it.each([
    ['an error that nobody foresaw', 42, /^opening t: .*INVALID_REQUEST/],
    ['an error of a newer broker', 4242, /^opening t: .*4242/],
    ['a clock two hours ahead', 32, /clock is too far/],
    ['a missing right', 29, /lacks a right/],
    ['a topic with larger messages than a service allows', 44, /transport\.maxMessageBytes says so/],
  ])('is a sentence without a stack: %s', (_what, code, text) => {
    for (const fault of [new BrokerFault(code, 'opening t'), createErrorFromCode(code)]) {
      const shown = explainError(asTransportError(fault, 'opening t'));
      expect(shown).toMatch(text);
      expect(shown).not.toMatch(/\n\s+at /);
    }
  });

  it('keeps its name when it is put into words, and what passes by itself is told from what does not', () => {
    const refused = asTransportError(new BrokerFault(47, 'committing'), 'committing');
    expect(faultType(refused)).toBe('INVALID_PRODUCER_EPOCH');
    expect(isTransient(new BrokerFault(4242, 'reading'))).toBe(false);
    expect(isTransient(new BrokerFault(-1, 'reading'))).toBe(true);
    expect(isTransient(createErrorFromCode(4242))).toBe(false);
  });
});
