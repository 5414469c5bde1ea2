import { LlmError } from '../errors.ts';
import { fifo } from '../fifo.ts';
import { type Account, account, type Ceiling } from './account.ts';
import type { Ledger, Open } from './ledger.ts';
import { addCost, type Cost, noCost } from './prices.ts';

/** A part of the budget that is set aside for one call. */
export interface Reservation {
  /** Gives back what the call did not cost; once. */
  settle(spent: Cost): void;
}

/** Money and tokens with a ceiling, for a run and for single models. */
export interface Budget {
  /**
   * Sets the most that a call can cost aside, durably, before it is sent. Waits while calls in flight may still give
   * something back; rejects with an LlmError `budget` when it cannot fit any more, with the signal's reason, or with
   * what the ledger rejects with.
   */
  reserve(model: string, atMost: Cost, signal: AbortSignal): Promise<Reservation>;
  /** What was spent and what is set aside, of the run and by model. */
  state(): { readonly run: BudgetState; readonly models: Readonly<Record<string, BudgetState>> };
  /** Resolves when every settlement so far is durable. */
  flushed(): Promise<void>;
}

export interface BudgetState {
  readonly spent: Cost;
  readonly reserved: Cost;
}

export interface BudgetSettings {
  readonly run: Ceiling;
  /** By model name; a model that is not named has only the run's ceiling. */
  readonly models: Readonly<Record<string, Ceiling>>;
}

interface Waiter {
  readonly model: string;
  readonly amount: Cost;
  readonly go: () => void;
  readonly refuse: (error: unknown) => void;
  gone: boolean;
}

/** How long a call waits before it is looked whether other processes gave something back. */
const LOOK_MILLISECONDS = 250;

/** Opens a budget with what the ledger says was spent before. */
export const openBudget = async ({ run, models }: BudgetSettings, ledger: Ledger): Promise<Budget> => {
  const before = await ledger.spent();
  const whole = account('budget of the run', run, [...before.values()].reduce(addCost, noCost), () =>
    ledger.elsewhere(),
  );
  const byModel = new Map<string, Account>();
  const waiters = fifo<Waiter>();
  const unsettled = new Set<Promise<void>>();
  let waiting: Waiter | undefined;
  let broken: { readonly error: unknown } | null = null;
  let looking = false;

  const accountOf = (model: string): Account => {
    const known = byModel.get(model);
    if (known !== undefined) return known;
    const fresh = account(`budget of ${model}`, models[model] ?? {}, before.get(model) ?? noCost, () =>
      ledger.elsewhere(model),
    );
    byModel.set(model, fresh);
    return fresh;
  };
  for (const model of before.keys()) accountOf(model);

  const reserve: Budget['reserve'] = async (model, atMost, signal) => {
    signal.throwIfAborted();
    for (;;) {
      if (broken !== null) throw broken.error;
      if (waiting !== undefined || !take(model, atMost)) await queue(model, atMost, signal);
      const open = await claim(model, atMost).catch((error: unknown) => {
        giveBack(model, atMost, noCost);
        throw error;
      });
      if (open !== null) return { settle: (spent) => settle(model, atMost, spent, () => open.settle(spent)) };
      // Another process was sooner.
      giveBack(model, atMost, noCost);
      signal.throwIfAborted();
    }
  };

  const claim = (model: string, atMost: Cost): Promise<Open | null> =>
    ledger.reserve(model, atMost, () => [whole, accountOf(model)].every((one) => one.fits(noCost)));

  /** Takes the amount if it fits now; throws if it never will. */
  const take = (model: string, amount: Cost): boolean => {
    const accounts = [whole, accountOf(model)];
    const full = accounts.find((one) => !one.couldFit(amount));
    if (full !== undefined) throw spentOut(full, amount);
    if (!accounts.every((one) => one.fits(amount))) return false;
    for (const one of accounts) one.reserve(amount);
    return true;
  };

  const queue = (model: string, amount: Cost, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        waiter.refuse(signal.reason);
        pump();
      };
      const leave = (): void => {
        waiter.gone = true;
        signal.removeEventListener('abort', abort);
      };
      const waiter: Waiter = {
        model,
        amount,
        gone: false,
        go: () => {
          leave();
          resolve();
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      waiters.push(waiter);
      pump();
    });

  /** In the order of arrival: whoever is first waits for room, the others behind it. */
  const pump = (): void => {
    for (;;) {
      if (waiting === undefined || waiting.gone) waiting = waiters.shift();
      if (waiting === undefined) return;
      if (waiting.gone) continue;
      const first = waiting;
      try {
        if (broken !== null) throw broken.error;
        if (!take(first.model, first.amount)) return void lookAgain();
        waiting = undefined;
        first.go();
      } catch (error) {
        waiting = undefined;
        first.refuse(error);
      }
    }
  };

  /** Others give back without this process hearing of it. */
  const lookAgain = (): void => {
    if (ledger.look === null || looking) return;
    looking = true;
    setTimeout(async () => {
      await ledger.look?.().catch((error: unknown) => {
        broken ??= { error };
      });
      looking = false;
      pump();
    }, LOOK_MILLISECONDS);
  };

  const settle = (model: string, amount: Cost, spent: Cost, write: () => Promise<void>): void => {
    const written: Promise<void> = write()
      .catch((error: unknown) => {
        broken ??= { error };
      })
      .finally(() => unsettled.delete(written));
    unsettled.add(written);
    giveBack(model, amount, spent);
  };

  const giveBack = (model: string, amount: Cost, spent: Cost): void => {
    for (const one of [whole, accountOf(model)]) one.settle(amount, spent);
    pump();
  };

  const state: Budget['state'] = () => {
    const show = ({ spent, reserved }: Account): BudgetState => ({ spent, reserved });
    return { run: show(whole), models: Object.fromEntries([...byModel].map(([model, one]) => [model, show(one)])) };
  };

  const flushed = async (): Promise<void> => {
    await Promise.all(unsettled);
    if (broken !== null) throw broken.error;
  };

  return { reserve, state, flushed };
};

const spentOut = (full: Account, { tokens, cost }: Cost): LlmError => {
  const next = cost > 0 ? `${tokens} tokens or ${Number(cost.toPrecision(3))} in cost` : `${tokens} tokens`;
  return new LlmError(
    'budget',
    `${full.describe()}, and the next call may take ${next}: raise the budget and give the same command again`,
  );
};
