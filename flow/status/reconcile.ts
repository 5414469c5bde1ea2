import type { Topic } from '../../runtime/topology.ts';
import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { scanPartition } from '../store/scan.ts';

const kinds = ['emitted', 'rejected', 'unverifiable'] as const;

/** What somebody has counted, to be held against the topics. */
export type Counted = Readonly<Record<(typeof kinds)[number], number>>;

/**
 * Counts distinct problems on the topics, in which the sampler's own counters have no part, and says in words where
 * they disagree with what was counted or with each other. To be asked where nobody works on the run: what is read while
 * it goes on is of different moments. All records of a problem lie in one partition, so that one partition's ids are in
 * memory at a time.
 */
export const reconcile = async (transport: Transport, counted: Counted): Promise<string[]> => {
  const sums = new Map<string, number>();
  const add = (what: string, number: number) => sums.set(what, (sums.get(what) ?? 0) + number);
  const partitions = (await transport.ends(topics.cot.name)).length;
  for (let partition = 0; partition < partitions; partition++) {
    const ids = <T>(topic: Topic<T>) => distinct(transport, topic, partition);
    const [cot, rejected, unverifiable] = [
      await ids(topics.cot),
      await ids(topics.rejected),
      await ids(topics.unverifiable),
    ];
    const levelled = await ids(topics.levelled);
    const became = new Map<string, string>();
    for await (const { record } of scanPartition(transport, topics.outcomes, partition))
      became.set(record.id, record.became);
    add('emitted', cot.all.size);
    add('rejected', rejected.all.size);
    add('unverifiable', unverifiable.all.size);
    for (const [name, { twice }] of Object.entries({ cot, rejected }))
      add(`problems are more than once on ${name}`, twice);
    add('problems are on cot and were never levelled', missing(cot.all, levelled.all));
    add(
      'problems are on cot without an outcome that says so',
      [...cot.all].filter((id) => became.get(id) !== 'emitted').length,
    );
    const emitted = [...became].filter(([, what]) => what === 'emitted').map(([id]) => id);
    add('problems were emitted, say their outcomes, and are not on cot', missing(emitted, cot.all));
  }
  const differences = kinds.flatMap((kind) =>
    sums.get(kind) === counted[kind]
      ? []
      : [`${counted[kind]} ${kind} were counted, ${sums.get(kind)} are on the topics`],
  );
  const broken = [...sums].filter(([what, number]) => !kinds.some((kind) => kind === what) && number > 0);
  return [...differences, ...broken.map(([what, number]) => `${number} ${what}`)];
};

const distinct = async <T>(transport: Transport, topic: Topic<T>, partition: number) => {
  const all = new Set<string>();
  let twice = 0;
  for await (const { stored } of scanPartition(transport, topic, partition)) {
    if (all.has(stored.key)) twice++;
    all.add(stored.key);
  }
  return { all, twice };
};

const missing = (ids: Iterable<string>, among: ReadonlySet<string>): number =>
  [...ids].filter((id) => !among.has(id)).length;
