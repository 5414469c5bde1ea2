/** What becomes of the work that an error interrupts. Errors of other folders carry a `disposition` of their own. */
export type Disposition = 'retry' | 'dead-letter' | 'stop';

const table = {
  'task-lost': 'retry',
  'store-locked': 'stop',
  'store-damaged': 'stop',
  'store-newer': 'stop',
  'store-older': 'stop',
  'store-foreign': 'stop',
  'disk-full': 'stop',
  'topic-missing': 'stop',
  'topic-mismatch': 'stop',
  'broker-unreachable': 'stop',
  'broker-refused': 'stop',
  'record-too-large': 'dead-letter',
} as const satisfies Record<string, Disposition>;

export type TransportErrorCode = keyof typeof table;

/** A fault of the transport. `code` is closed; `disposition` says what follows from it; the message says what to do. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  readonly disposition: Disposition;

  constructor(code: TransportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.disposition = table[code];
  }
}

/** What an error asks for by its own `disposition`; else a dead letter: an unforeseen fault is the record's. */
export const dispositionOf = (error: unknown): Disposition => {
  const disposition = (error as { disposition?: unknown } | null)?.disposition;
  return disposition === 'retry' || disposition === 'stop' ? disposition : 'dead-letter';
};

/** What an error says, or whatever else was thrown; of bounded length. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 2000);

/** The closed code that an error carries, else `unexpected`. */
export const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unexpected';
};
