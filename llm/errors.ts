/** What becomes of the work that a model's error interrupts. */
export type Disposition = 'dead-letter' | 'stop' | 'retry';

const table = {
  unauthorized: 'stop',
  'payment-required': 'stop',
  forbidden: 'stop',
  'not-found': 'stop',
  'endpoint-invalid': 'stop',
  'refuses-everything': 'stop',
  'answers-nothing-readable': 'stop',
  budget: 'stop',
  'budget-of-part': 'stop',
  draining: 'retry',
  'request-refused': 'dead-letter',
  'request-too-large': 'dead-letter',
  'reply-unusable': 'dead-letter',
  'fails-alone': 'dead-letter',
} as const satisfies Record<string, Disposition>;

export type LlmErrorCode = keyof typeof table;

export interface LlmErrorOptions extends ErrorOptions {
  readonly ifEverybody?: LlmError;
  readonly status?: number;
}

/**
 * What a model call rejects with, beside the signal's own reason. `code` is closed; `disposition` says what follows from it;
 * the message says which endpoint and model, what happened and what to do, and never holds the key.
 */
export class LlmError extends Error {
  override readonly name = 'LlmError';
  readonly code: LlmErrorCode;
  readonly disposition: Disposition;
  /** What it is instead where the endpoint treats every request so: a fault of the settings. */
  readonly ifEverybody: LlmError | null;

  /** Of HTTP; null where it is no answer with a status that the error comes from. */
  readonly status: number | null;

  constructor(code: LlmErrorCode, message: string, options: LlmErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.disposition = table[code];
    this.ifEverybody = options.ifEverybody ?? null;
    this.status = options.status ?? null;
  }
}

/** Whether an error says that the money ended: nothing is wrong with the record, which may go on with a higher budget. */
export const isOutOfBudget = (error: unknown): boolean =>
  error instanceof LlmError && (error.code === 'budget' || error.code === 'budget-of-part');

/** Whether but the money for one part of the problems ended. */
export const isPartOutOfBudget = (error: unknown): boolean =>
  error instanceof LlmError && error.code === 'budget-of-part';
