import type { Transport } from '../../runtime/transport.ts';
import { type Counter, passOver } from './pass-over.ts';

const kinds = ['emitted', 'rejected', 'unverifiable'] as const;

/** What somebody has counted, to be held against the topics. */
export type Counted = Readonly<Record<(typeof kinds)[number], number>>;

/**
 * Counts distinct problems on the topics, in which the sampler's own counters have no part, and says in words where
 * they disagree with what was counted or with each other. To be asked where nobody works on the run: what is read while
 * it goes on is of different moments. The ids of one part of the problems are in memory at a time.
 */
export const reconcile = async (transport: Transport, counted: Counted): Promise<string[]> => {
  const { counter, differences } = reconciler();
  await passOver(transport, [counter]);
  return differences(counted);
};

/** The same in a pass that others count in too. */
export const reconciler = (): { readonly counter: Counter; differences(counted: Counted): string[] } => {
  const sums = new Map<string, number>();
  const add = (what: string, number: number) => sums.set(what, (sums.get(what) ?? 0) + number);
  let ids = noIds();
  const addAll = (): void => {
    const { cot, rejected, unverifiable, levelled, became } = ids;
    add('emitted', cot.all.size);
    add('rejected', rejected.all.size);
    add('unverifiable', unverifiable.size);
    for (const [name, { twice }] of Object.entries({ cot, rejected }))
      add(`problems are more than once on ${name}`, twice);
    add('problems are on cot and were never levelled', missing(cot.all, levelled));
    add(
      'problems are on cot without an outcome that says so',
      [...cot.all].filter((id) => became.get(id) !== 'emitted').length,
    );
    const emitted = [...became].filter(([, what]) => what === 'emitted').map(([id]) => id);
    add('problems were emitted, say their outcomes, and are not on cot', missing(emitted, cot.all));
    ids = noIds();
  };
  return {
    counter: {
      levelled: (_, id) => void ids.levelled.add(id),
      cot: (_, id) => enter(ids.cot, id),
      rejected: (_, id) => enter(ids.rejected, id),
      unverifiable: (id) => void ids.unverifiable.add(id),
      outcome: ({ id, became }) => void ids.became.set(id, became),
      partEnds: addAll,
    },
    differences: (counted) => {
      const differing = kinds.flatMap((kind) => {
        const there = sums.get(kind) ?? 0;
        return there === counted[kind] ? [] : [`${counted[kind]} ${kind} were counted, ${there} are on the topics`];
      });
      const broken = [...sums].filter(([what, number]) => !kinds.some((kind) => kind === what) && number > 0);
      return [...differing, ...broken.map(([what, number]) => `${number} ${what}`)];
    },
  };
};

/** What is on the topics of one part. */
const noIds = () => ({
  levelled: new Set<string>(),
  cot: { all: new Set<string>(), twice: 0 },
  rejected: { all: new Set<string>(), twice: 0 },
  unverifiable: new Set<string>(),
  became: new Map<string, string>(),
});

const enter = (ids: { readonly all: Set<string>; twice: number }, id: string): void => {
  if (ids.all.has(id)) ids.twice++;
  ids.all.add(id);
};

const missing = (ids: Iterable<string>, among: ReadonlySet<string>): number =>
  [...ids].filter((id) => !among.has(id)).length;
