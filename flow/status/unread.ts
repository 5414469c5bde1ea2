import { isRetry, remembered } from '../../runtime/step/deduplicator.ts';
import { progress, undoneBelow } from '../../runtime/step/progress.ts';
import type { Position, Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import type { Accepts } from '../intake/data-sets.ts';
import { pages, readable } from '../store/scan.ts';

export interface Unread {
  readonly count: number;
  /** False: an upper bound, repeats and other runs' problems counted. */
  readonly exact: boolean;
}

export interface UnreadSettings {
  readonly transport: Transport;
  readonly run: string;
  readonly accepts: Accepts;
  /** From how many records on the number is left at its upper bound, which costs nothing to know. */
  readonly exactUpTo: number;
}

/** The run's problems that the first stage has not done with. Reads nothing again as long as nothing has moved. */
export const unreadReader = (settings: UnreadSettings): (() => Promise<Unread>) => {
  let seen = '';
  let known: Unread = { count: 0, exact: true };
  return async () => {
    const { transport } = settings;
    const ends = await transport.ends(topics.problems.name);
    const positions = await transport.positions('grade');
    const standing = JSON.stringify([ends, positions]);
    if (standing === seen) return known;
    const most = sum(ends.map((end, partition) => undoneBelow(positionIn(positions, partition), end)));
    known =
      most > settings.exactUpTo
        ? { count: most, exact: false }
        : { count: sum(await Promise.all(ends.map((end, p) => unreadIn(p, end, positions, settings)))), exact: true };
    seen = standing;
    return known;
  };
};

/** One partition's, each problem once, however often it is there. */
const unreadIn = async (
  partition: number,
  end: number,
  positions: readonly Position[],
  { transport, run, accepts }: UnreadSettings,
): Promise<number> => {
  const { name } = topics.problems;
  const committed = positionIn(positions, partition);
  const tracked = progress(committed, transport.maxMetadataBytes);
  const store = await transport.store('grade', partition);
  const found = new Set<string>();
  for await (const page of pages(transport, name, partition, committed?.offset ?? 0, end)) {
    for (const record of page) {
      if (!tracked.deliver(record.offset) || found.has(record.key)) continue;
      const seen = remembered(store.get(`seen/${record.key}`));
      if (seen && !isRetry(record, seen, run)) continue;
      // A stranger's bytes are no problem of anybody's; the stage will say so.
      const problem = readable(topics.problems, record);
      if (problem && accepts(problem, record.headers)) found.add(record.key);
    }
  }
  return found.size;
};

const positionIn = (positions: readonly Position[], partition: number): Position | undefined =>
  positions.find((one) => one.topic === topics.problems.name && one.partition === partition);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
