import type { Clock } from '../clock.ts';
import { EndpointFault } from '../endpoint-fault.ts';
import type { LlmError } from '../errors.ts';
import { within } from '../http/answers/usage.ts';
import { type Alive, type Patience, watched } from '../http/answers/watchdog.ts';
import type { Connection } from '../http/connect/connection.ts';
import { faultOf } from '../http/faults/fault-of.ts';
import type { Mask } from '../mask.ts';
import { accountName } from '../money/account-name.ts';
import type { Budget } from '../money/budget.ts';
import { costOf, noCost } from '../money/prices.ts';
import type { Usage } from '../port.ts';
import type { EndpointSettings } from '../settings.ts';
import type { Rate, Turn } from './rates/rate.ts';

/** What one attempt gets to work with. */
export interface Sending {
  /** Of the server that it goes to. */
  readonly baseUrl: string;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly alive: Alive;
  /** The answer will not be streamed after all: nothing is to be heard before it is whole. */
  readonly unstreamed: () => void;
  /** Reports completion tokens that were seen so far, in case that the call is cancelled. */
  readonly counted: (tokens: number) => void;
  /** Takes secrets out of what the endpoint says. */
  readonly mask: Mask;
  /** Remembers something about the endpoint, in words, for whoever looks at it. */
  readonly note: (what: string) => void;
}

/** A call as the endpoint makes it, as often as it takes. */
export interface Work<T extends { usage: Usage }> {
  /** The most that one attempt can cost; reserved before it is sent. */
  readonly atMost: Usage;
  /** Calls of the same begin alike: they go to the same server, which may have their beginning in its cache. */
  readonly affinity?: string | undefined;
  /** The part of the problems whose budget pays for it too. */
  readonly part?: string | undefined;
  /** Whether signs of life are to be expected while the model writes. */
  readonly streamed: boolean;
  /** Its answer, where it is there by the time that its turn comes: then nothing is sent. */
  readonly known?: (() => Promise<T | undefined>) | undefined;
  /** The same kind of call about something that no endpoint refuses: it tells a record's fault from the settings'. */
  readonly canary?: (() => Work<{ usage: Usage }>) | undefined;
  send(sending: Sending): Promise<T>;
}

export type AnyWork = Work<{ usage: Usage }>;

type Ended<T> =
  | { readonly kind: 'answered'; readonly reply: T }
  | { readonly kind: 'fault'; readonly fault: EndpointFault }
  | { readonly kind: 'refused'; readonly error: LlmError };

/** How one attempt ended, which it was in the order of their sending, and the milliseconds from there to its end. */
export type Attempted<T> = Ended<T> & { readonly number: number; readonly milliseconds: number };

export interface AttemptDeps {
  readonly settings: EndpointSettings;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly budget: Budget | undefined;
  /** The turns of calls, where a rate is declared. */
  readonly rate: Rate | null;
  /** Aborts when nothing more is to be sent. */
  readonly draining: Pick<AbortController, 'signal'>;
  readonly mask: Mask;
  /** Remembers something about the endpoint, in words, for whoever looks at it. */
  readonly note: (what: string) => void;
}

/**
 * Makes one attempt: the most that it can cost is set aside before, and settled after by what it did. Rejects with the
 * signal's reason, and with what the budget or `sending` rejects with.
 * @param sending called just before sending, gives the attempt's number; may throw, and then nothing is sent
 */
export const paidAttempt = async <T extends { usage: Usage }>(
  { settings, connection, clock, budget, rate, draining, mask, note }: AttemptDeps,
  sending: () => number,
  work: Work<T>,
  patience: Patience,
  signal: AbortSignal,
): Promise<Attempted<T>> => {
  const { account = settings.model, price } = settings;
  const reservation = await budget?.reserve(accountName(account, work.part), costOf(price, work.atMost), signal);
  let spent = noCost;
  let turn: Turn | undefined;
  let tokens: number | null = null;
  try {
    if (rate !== null) {
      // What is loaded with the first request would hold back those behind it, which then came all at once.
      await connection.opened?.();
      const { promptTokens, completionTokens } = work.atMost;
      turn = await rate.turn(promptTokens + completionTokens, AbortSignal.any([signal, draining.signal]));
    }
    // It may have been given up while its reservation was written: what is not sent costs nothing.
    signal.throwIfAborted();
    const number = sending();
    const started = clock.now();
    // Until it is known better, and if the signal aborts, it may have cost everything.
    spent = costOf(price, work.atMost);
    const counted = (tokens: number): void => {
      spent = costOf(price, { ...work.atMost, completionTokens: tokens });
    };
    const ended = await watched(signal, patience, (inner, alive, unstreamed) =>
      work.send({ baseUrl: settings.baseUrl, connection, signal: inner, alive, unstreamed, counted, mask, note }),
    ).then(answered, (error: unknown) => failed(error, signal, settings, mask));
    if (ended.kind === 'answered') spent = costOf(price, ended.reply.usage);
    else if (isFree(ended)) spent = noCost;
    else if (ended.kind === 'fault' && ended.fault.usage !== null)
      spent = costOf(price, within(ended.fault.usage, work.atMost));
    // What may have cost everything is no measure of what calls cost.
    if (ended.kind === 'answered' || isFree(ended)) tokens = spent.tokens;
    return { ...ended, number, milliseconds: clock.now() - started };
  } finally {
    reservation?.settle(spent);
    turn?.settle(tokens);
  }
};

const answered = <T>(reply: T): Ended<T> => ({ kind: 'answered', reply });

const failed = (error: unknown, signal: AbortSignal, settings: EndpointSettings, mask: Mask): Ended<never> => {
  signal.throwIfAborted();
  const fault = faultOf(error, settings, mask);
  return fault instanceof EndpointFault ? { kind: 'fault', fault } : { kind: 'refused', error: fault };
};

/** Only refusals at the door are surely free; after a reset, silence or garbage the tokens may have been made. */
const isFree = (ended: Exclude<Ended<unknown>, { kind: 'answered' }>): boolean =>
  ended.kind === 'fault' ? !ended.fault.perhapsPaid : ended.error.code !== 'reply-unusable';
