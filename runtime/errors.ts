/** What becomes of the work that an error interrupts. Errors of other folders carry a `fate` of their own. */
export type Fate = 'retry' | 'dead-letter' | 'stop';

const table = {
  'task-lost': 'retry',
  'store-locked': 'stop',
  'store-damaged': 'stop',
  'store-newer': 'stop',
  'store-foreign': 'stop',
  'disk-full': 'stop',
  'topic-missing': 'stop',
  'topic-mismatch': 'stop',
  'broker-unreachable': 'stop',
  'broker-refused': 'stop',
  'record-too-large': 'dead-letter',
} as const satisfies Record<string, Fate>;

export type TransportErrorCode = keyof typeof table;

/** A fault of the transport. `code` is closed; `fate` says what follows from it; the message says what to do. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  readonly fate: Fate;

  constructor(code: TransportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.fate = table[code];
  }
}

/** The fate that an error asks for: its own `fate`, else a dead letter, since an unforeseen fault is the record's. */
export const fateOf = (error: unknown): Fate => {
  const fate = (error as { fate?: unknown } | null)?.fate;
  return fate === 'retry' || fate === 'stop' ? fate : 'dead-letter';
};

/** What an error says, or whatever else was thrown; of bounded length. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 2000);

/** The closed code that an error carries, else `unexpected`. */
export const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unexpected';
};
