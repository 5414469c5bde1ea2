import { type Line, lineOf } from '../../waiting/line.ts';
import { LlmError } from '../errors.ts';
import { type Account, account, type Ceiling } from './account.ts';
import { modelIn, partIn } from './account-name.ts';
import type { IsMeant, Ledger, Open } from './ledger.ts';
import { addCost, type Cost, noCost } from './prices.ts';

/** A part of the budget that is set aside for one call. */
export interface Reservation {
  /** Gives back what the call did not cost; once. */
  settle(spent: Cost): void;
}

/**
 * Money and tokens with a ceiling, for a run, for single models and for parts of the problems. Whoever pays says the
 * account's name (`accountName`): a model, or a model on a part.
 */
export interface Budget {
  /**
   * Sets the most that a call can cost aside, durably, before it is sent. Waits while calls in flight may still give
   * something back; rejects with an LlmError `budget` (`budget-of-part` where but the part's has ended) when it cannot
   * fit any more, with the signal's reason, or with what the ledger rejects with.
   */
  reserve(name: string, atMost: Cost, signal: AbortSignal): Promise<Reservation>;
  /**
   * Gives back what was counted too much of calls that were open when a process died, once it is known what they took.
   * To be called only when that would survive a crash.
   */
  correct(name: string, less: Cost): Promise<void>;
  /** What was spent and what is set aside, of the run, by model and by part. */
  state(): {
    readonly run: BudgetState;
    readonly models: Readonly<Record<string, BudgetState>>;
    readonly parts: Readonly<Record<string, BudgetState>>;
  };
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
  /** By part; one that is not named has no ceiling of its own. */
  readonly parts?: Readonly<Record<string, Ceiling>>;
}

/** How long a call waits before it is looked whether other processes gave something back. */
const LOOK_MILLISECONDS = 250;

/** The accounts that calls are paid from: the run's, one for each model, and one for each part. */
interface Accounts {
  readonly whole: Account;
  readonly byModel: ReadonlyMap<string, Account>;
  readonly byPart: ReadonlyMap<string, Account>;
  /** All that a name stands for; the part's is the last. */
  of(name: string): readonly Account[];
}

const accountsOf = (
  { run, models, parts = {} }: BudgetSettings,
  before: ReadonlyMap<string, Cost>,
  ledger: Ledger,
): Accounts => {
  const open = (title: string, ceiling: Ceiling | undefined, isMeant: IsMeant, code?: 'budget-of-part'): Account => {
    const spent = [...before].flatMap(([name, cost]) => (isMeant(name) ? [cost] : [])).reduce(addCost, noCost);
    return account(title, ceiling ?? {}, spent, () => ledger.elsewhere(isMeant), code);
  };
  const whole = open('budget of the run', run, () => true);
  const byModel = new Map<string, Account>();
  const byPart = new Map<string, Account>();
  const byName = new Map<string, readonly Account[]>();
  const ofModel = (model: string): Account => {
    const one = byModel.get(model) ?? open(`budget of ${model}`, models[model], (name) => modelIn(name) === model);
    byModel.set(model, one);
    return one;
  };
  const ofPart = (part: string): Account => {
    const title = `budget of the part ${part}`;
    const one = byPart.get(part) ?? open(title, parts[part], (name) => partIn(name) === part, 'budget-of-part');
    byPart.set(part, one);
    return one;
  };
  const of = (name: string): readonly Account[] => {
    const part = partIn(name);
    const all = byName.get(name) ?? [whole, ofModel(modelIn(name)), ...(part === null ? [] : [ofPart(part)])];
    byName.set(name, all);
    return all;
  };
  for (const name of before.keys()) of(name);
  return { whole, byModel, byPart, of };
};

/** What a call wants set aside. */
interface Wanted {
  /** Of the account. */
  readonly name: string;
  readonly amount: Cost;
}

/** A budget as it stands. */
interface Purse {
  readonly accounts: Accounts;
  readonly ledger: Ledger;
  /** Calls that wait for room, in the order of their coming. */
  readonly line: Line<void, Wanted>;
  readonly unsettled: Set<Promise<void>>;
  /** What the ledger failed with: nothing is set aside any more. */
  broken: { readonly error: unknown } | null;
  looking: boolean;
}

/** Opens a budget with what the ledger says was spent before. */
export const openBudget = async (settings: BudgetSettings, ledger: Ledger): Promise<Budget> => {
  const accounts = accountsOf(settings, await ledger.spent(), ledger);
  const purse: Purse = { accounts, ledger, line: lineOf(), unsettled: new Set(), broken: null, looking: false };
  return {
    reserve: (name, amount, signal) => reserve(purse, { name, amount }, signal),
    correct: (name, less) => correct(purse, name, less),
    state: () => stateOf(accounts),
    flushed: async () => {
      await Promise.all(purse.unsettled);
      if (purse.broken !== null) throw purse.broken.error;
    },
  };
};

const reserve = async (purse: Purse, wanted: Wanted, signal: AbortSignal): Promise<Reservation> => {
  for (;;) {
    signal.throwIfAborted();
    if (purse.broken !== null) throw purse.broken.error;
    if (purse.line.length > 0 || !take(purse, wanted)) await inLine(purse, wanted, signal);
    const open = await claim(purse, wanted).catch((error: unknown) => {
      giveBack(purse, wanted, noCost);
      throw error;
    });
    if (open !== null) return { settle: (spent) => settle(purse, wanted, spent, () => open.settle(spent)) };
    // Another process was sooner.
    giveBack(purse, wanted, noCost);
  }
};

/** Takes the amount if it fits now; throws if it never will. */
const take = ({ accounts }: Purse, { name, amount }: Wanted): boolean => {
  const all = accounts.of(name);
  const full = all.find((one) => !one.couldFit(amount));
  if (full !== undefined) throw spentOut(full, amount);
  if (!all.every((one) => one.fits(amount))) return false;
  for (const one of all) one.reserve(amount);
  return true;
};

const claim = ({ accounts, ledger }: Purse, { name, amount }: Wanted): Promise<Open | null> =>
  ledger.reserve(name, amount, () => accounts.of(name).every((one) => one.fits(noCost)));

const inLine = async (purse: Purse, wanted: Wanted, signal: AbortSignal): Promise<void> => {
  const turn = purse.line.wait(signal, wanted);
  letThrough(purse);
  try {
    await turn;
  } catch (error) {
    // Whoever stood behind it may fit.
    letThrough(purse);
    throw error;
  }
};

/** In the order of arrival: whoever is first waits for room, the others behind it. */
const letThrough = (purse: Purse): void => {
  const { line, broken } = purse;
  for (let first = line.first; first !== undefined; first = line.first) {
    try {
      if (broken !== null) throw broken.error;
      if (!take(purse, first.wanted)) {
        lookAgain(purse);
        return;
      }
      line.give();
    } catch (error) {
      line.refuse(error);
    }
  }
};

/** Others give back without this process hearing of it. */
const lookAgain = (purse: Purse): void => {
  const { ledger } = purse;
  if (ledger.look === null || purse.looking) return;
  purse.looking = true;
  setTimeout(async () => {
    await ledger.look?.().catch((error: unknown) => {
      purse.broken ??= { error };
    });
    purse.looking = false;
    letThrough(purse);
  }, LOOK_MILLISECONDS);
};

const settle = (purse: Purse, wanted: Wanted, spent: Cost, write: () => Promise<void>): void => {
  const written: Promise<void> = write()
    .catch((error: unknown) => {
      purse.broken ??= { error };
    })
    .finally(() => purse.unsettled.delete(written));
  purse.unsettled.add(written);
  giveBack(purse, wanted, spent);
};

const correct = async (purse: Purse, name: string, { tokens, cost }: Cost): Promise<void> => {
  const wanted: Wanted = { name, amount: noCost };
  const open = await purse.ledger.reserve(name, noCost, () => true);
  for (const one of purse.accounts.of(name)) one.reserve(noCost);
  const spent = { tokens: -tokens, cost: -cost };
  settle(purse, wanted, spent, async () => open?.settle(spent));
};

const giveBack = (purse: Purse, { name, amount }: Wanted, spent: Cost): void => {
  for (const one of purse.accounts.of(name)) one.settle(amount, spent);
  letThrough(purse);
};

const stateOf = ({ whole, byModel, byPart }: Accounts): ReturnType<Budget['state']> => {
  const show = ({ spent, reserved }: Account): BudgetState => ({ spent, reserved });
  const showAll = (some: ReadonlyMap<string, Account>) =>
    Object.fromEntries([...some].map(([name, one]) => [name, show(one)]));
  return { run: show(whole), models: showAll(byModel), parts: showAll(byPart) };
};

const spentOut = (full: Account, { tokens, cost }: Cost): LlmError => {
  const next = cost > 0 ? `${tokens} tokens or ${Number(cost.toPrecision(3))} in cost` : `${tokens} tokens`;
  return new LlmError(
    full.code,
    `${full.describe()}, and the next call may take ${next}: raise the budget and give the same command again`,
  );
};
