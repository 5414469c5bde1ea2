import { samplerState } from '../../../../flow/status/sampler-state.ts';
import type { Topic } from '../../../../runtime/topology.ts';
import type { Transport } from '../../../../runtime/transport.ts';
import type { Outcome } from '../../../../schemas/types.ts';
import { topics } from '../../../../topologies/topics.ts';

type ByLevel = Readonly<Record<string, number>>;

/** Of the sampler: what came, what is parked, and what became of what it let through, by level. */
export interface SamplerCounts {
  readonly levels: ByLevel;
  readonly parked: ByLevel;
  readonly open: ByLevel;
  readonly emitted: ByLevel;
  readonly failed: ByLevel;
}

/** As the sampler keeps them. */
export const countsOf = async (transport: Transport): Promise<SamplerCounts> => {
  const { levels, parked, open, emitted, failed } = await samplerState(transport);
  return {
    levels: clean(levels),
    parked: clean(parked),
    open: clean(open),
    emitted: clean(emitted),
    failed: clean(failed),
  };
};

/** As they come out when the topics around the sampler are counted. */
export const recount = async (transport: Transport): Promise<SamplerCounts> => {
  const levelled = await readAll(transport, topics.levelled);
  const letThrough = (await readAll(transport, topics.admitted)).filter(({ ahead }) => !ahead);
  const admitted = new Set(letThrough.map((one) => topics.admitted.key(one)));
  const outcomes = new Map((await readAll(transport, topics.outcomes)).map((one) => [one.id, one]));
  const count = (wanted: (id: string, outcome: Outcome | undefined) => boolean): ByLevel => {
    const counts: Record<string, number> = {};
    for (const one of levelled) {
      const id = topics.levelled.key(one);
      if (wanted(id, outcomes.get(id))) counts[one.level] = (counts[one.level] ?? 0) + 1;
    }
    return clean(counts);
  };
  return {
    levels: count(() => true),
    parked: count((id) => !admitted.has(id)),
    open: count((id, outcome) => admitted.has(id) && outcome === undefined),
    emitted: count((_, outcome) => outcome?.became === 'emitted'),
    failed: count((_, outcome) => outcome !== undefined && outcome.became !== 'emitted'),
  };
};

const readAll = async <T>(transport: Transport, topic: Topic<T>): Promise<T[]> => {
  const found: T[] = [];
  for (const partition of (await transport.ends(topic.name)).keys()) {
    for (let from = 0; ; ) {
      const records = await transport.read(topic.name, partition, from, 1_000);
      if (records.length === 0) break;
      found.push(...records.map(({ value }) => topic.codec.decode(value)));
      from = records.at(-1)!.offset + 1;
    }
  }
  return found;
};

const clean = (counts: ByLevel): ByLevel =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count !== 0)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
