import type { Usage } from './port.ts';

/** What an endpoint can do wrong without it being the record's fault: waited out behind the port, never seen outside. */
export type FaultKind = 'shed' | 'server-error' | 'connection' | 'hung' | 'malformed';

export interface FaultOptions extends ErrorOptions {
  readonly retryAfter?: number | null;
  readonly usage?: Usage | null;
  readonly status?: number | null;
}

/** A fault of the endpoint: the same call is made again. */
export class EndpointFault extends Error {
  override readonly name = 'EndpointFault';
  readonly kind: FaultKind;
  /** How long the endpoint asked to be left alone, in milliseconds; null where it said nothing. */
  readonly retryAfter: number | null;
  /** What the endpoint says that it took all the same; null where it says nothing. */
  readonly usage: Usage | null;
  /** Of HTTP; null where none came, or the answer behind it was no good. */
  readonly status: number | null;

  constructor(kind: FaultKind, message: string, more: FaultOptions = {}) {
    super(message, more);
    this.kind = kind;
    this.retryAfter = more.retryAfter ?? null;
    this.usage = more.usage ?? null;
    this.status = more.status ?? null;
  }

  /** Whether the endpoint may have made tokens for the call: only refusals at the door are surely free. */
  get perhapsPaid(): boolean {
    return this.kind !== 'shed' && this.kind !== 'server-error';
  }
}
