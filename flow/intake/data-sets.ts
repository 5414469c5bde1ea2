import type { Headers, Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';
import { type Choice, isChosen } from './choice.ts';
import type { Selection } from './selection.ts';
import { joined } from './source-files.ts';

/** Whether a problem on the topic, which all runs share, is this run's. */
export type Accepts = (problem: Problem, headers: Headers) => boolean;

/** The data sets that a run takes its problems from, by name; all that are on the topic where it names none. */
export interface DataSets {
  /** Of its data sets, or put there for this run: then its data set may have got its name a moment ago. */
  readonly accepts: Accepts;
  /** Names data sets for good; to be done before their records come. */
  add(names: readonly string[]): Promise<void>;
  has(name: string): boolean;
  /** Which of its rows the run takes; undefined: all. */
  choiceOf(name: string): Choice | undefined;
  /** More of them is taken than before: their records have to come again. */
  renew(names: readonly string[]): Promise<void>;
  /** The run may have passed records of this one over before it was named: they have to come again. */
  isLate(name: string): boolean;
  /** Its records have come, behind all that was passed over. */
  arrived(name: string): Promise<void>;
}

/** As they are kept with the run: a key each, since several processes may add some at once. */
export const keptDataSets = async (
  transport: Transport,
  run: string,
  { choices, total }: Selection,
): Promise<DataSets> => {
  const table = transport.table('settings');
  const known = new Map<string, State>();
  for await (const [key, value] of table.entries(PREFIX)) {
    known.set(key.slice(PREFIX.length), Buffer.from(value).toString() as State);
  }
  const takesAll = known.size === 0 && (await declared(transport)) !== 'named';
  const keep = async (name: string, state: State): Promise<void> => {
    await table.put(PREFIX + name, PREFIX + name, Buffer.from(state));
    known.set(name, state);
  };
  const isTaken: Accepts = (problem, { run: by }) => {
    const name = joined(problem.source.dataset, problem.source.file);
    if (!takesAll && by !== run && !known.has(name)) return false;
    const choice = choices.get(name);
    return choice ? isChosen(choice, problem) : total === null;
  };
  return {
    // What was chosen may have become more a moment ago.
    accepts: (problem, headers) => headers[CHOSEN_BY] === run || isTaken(problem, headers),
    has: (name) => known.has(name),
    choiceOf: (name) => choices.get(name),
    renew: async (names) => {
      for (const name of names) if (known.get(name) === 'in time') await keep(name, 'late');
    },
    add: async (names) => {
      const state = (await declared(transport)) ? 'late' : 'in time';
      for (const name of names) if (!known.has(name)) await keep(name, state);
    },
    isLate: (name) => known.get(name) === 'late',
    arrived: async (name) => {
      if (known.get(name) === 'late') await keep(name, 'in time');
    },
  };
};

/** Header of what a run's own start put there, having chosen it. */
export const CHOSEN_BY = 'chosen-by';

type State = 'in time' | 'late';
const PREFIX = 'data-set/';
const DECLARED = 'data-sets';

/**
 * Says that whatever the run begins with is named, or that it takes all there is: no process reads problems for it
 * before that.
 */
export const declareDataSets = async (transport: Transport, what: Declared): Promise<void> => {
  const before = await declared(transport);
  if (before === undefined || (before === 'all' && what === 'named')) {
    await transport.table('settings').put(DECLARED, DECLARED, Buffer.from(what));
  }
};

export const declared = async (transport: Transport): Promise<Declared | undefined> => {
  const stored = await transport.table('settings').get(DECLARED, DECLARED);
  return stored && (Buffer.from(stored).toString() as Declared);
};

type Declared = 'named' | 'all';
