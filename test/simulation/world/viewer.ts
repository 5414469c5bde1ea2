import { type Counts, countReader } from '../../../flow/status/counts.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';
import { type Place, recount } from '../recount.ts';
import type { Cluster } from './cluster.ts';

/** `sluice status` of another process, asked again and again. */
export interface Viewer {
  /** What is wrong in the figures of a look while the run goes on. Whoever waits for an answer asks no second time. */
  look(): Promise<string | null>;
  /** The same where nobody works any more: then every figure is what a recount gives. */
  lookAtEnd(isComplete: boolean): Promise<string | null>;
}

/**
 * The figures of a look are of different moments, each between its beginning and its end: what only grows lies between
 * a recount before and one after. Stages are read in the order of the flow, so that a problem on its way may be seen
 * twice, and is missed only where brokers show that its stage has done with it before they show what came of it.
 */
export const makeViewer = (
  transport: Transport,
  cluster: Cluster,
  ids: readonly string[],
  now: () => number,
): Viewer => {
  const read = countReader({
    transport,
    run: 'test',
    accepts: () => true,
    exactUpTo: 10_000,
    backlogExactUpTo: 10_000,
  });
  const before = { emitted: 0, unverifiable: 0 };
  let looking: Promise<unknown> | null = null;
  /** One look at a time. */
  const alone = (look: () => Promise<string | null>): Promise<string | null> => {
    const mine = look().finally(() => {
      looking = null;
    });
    looking = mine.catch(() => {});
    return mine;
  };
  const look = async (): Promise<string | null> => {
    const began = now();
    const counts = await read();
    const after = tally(cluster, ids);
    for (const name of ['emitted', 'unverifiable'] as const) {
      const [count, most] = [counts.states[name], after.get(name) ?? 0];
      if (count > most) return `status says that ${count} are ${name}, and ${most} are by now`;
      if (count < before[name]) return `status said that ${before[name]} are ${name}, and says ${count} now`;
      before[name] = count;
    }
    const fewest = ids.length - cluster.unseen(began);
    return counts.problems < fewest ? `status knows of ${counts.problems} problems of ${ids.length}` : null;
  };
  const lookAtEnd = async (isComplete: boolean): Promise<string | null> => {
    const counts = await read();
    const expected = tally(cluster, ids);
    const isWrong = ([place, count]: [Place, number]): boolean => {
      const surplus = count - (expected.get(place) ?? 0);
      if (place !== 'unread') return surplus !== 0;
      // A repeat that nobody has read yet may be one that will be refused, or lie where its first is dead for.
      return isComplete && (surplus < 0 || surplus > misplaced(cluster));
    };
    const wrong = places(counts)
      .filter(isWrong)
      .map(([place, count]) => `${count} ${place} instead of ${expected.get(place) ?? 0}`);
    return wrong.length === 0 ? null : `status at the end: ${wrong.join(', ')}`;
  };
  return {
    look: async () => (looking === null ? alone(look) : null),
    lookAtEnd: async (isComplete) => {
      while (looking !== null) await looking;
      return alone(() => lookAtEnd(isComplete));
    },
  };
};

/** Problems that are dead because their record lies in a partition that is not its key's. */
const misplaced = (cluster: Cluster): number => {
  const letters = cluster.records('dead-letter').map(({ key, value }) => ({ key, ...codecs.deadLetter.decode(value) }));
  return new Set(letters.filter(({ code }) => code === 'wrong-partition').map(({ key }) => key)).size;
};

const tally = (cluster: Cluster, ids: readonly string[]): Map<Place, number> => {
  const counts = new Map<Place, number>();
  for (const place of recount(cluster, ids).values()) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
};

const places = ({ states: { sampling, parked, ...others } }: Counts): [Place, number][] => [
  ...(Object.entries(others) as [Place, number][]),
  ['parked', sampling + parked],
];
