import type { GroupSpec, Membership, Position, Task } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import type { Copy } from '../copies/copy.ts';
import type { HeldStores } from '../copies/held-stores.ts';
import type { Names } from '../names.ts';
import type { Fetcher } from '../reading/fetcher.ts';
import { defaults } from '../settings.ts';
import type { TopicShape } from '../topics/shape.ts';
import { storeShape } from '../topics/shape.ts';
import { asTransportError } from '../wire/faults.ts';
import type { CommitQueue } from '../writing/queue.ts';
import { committedPositions } from './committed.ts';
import { type GroupLife, type Hold, liveInGroup } from './group-life.ts';
import { keptPositions, reconcile } from './kept-positions.ts';
import { makeMember } from './static-member.ts';
import { ownerPosition, shutOutLast, writePositions } from './takeover.ts';
import { failedTask, makeTask } from './task.ts';

export interface JoinParts {
  readonly client: Client;
  readonly names: Names;
  readonly fetcher: Fetcher;
  readonly queue: CommitQueue;
  readonly instance: string;
  /** This process's own copy of a partition of a stage's store, which a task writes. */
  copy(topic: string, partition: number): Copy;
  readonly stores: HeldStores;
  /** Makes the topics that are missing. */
  ensure(shapes: readonly TopicShape[]): Promise<void>;
  /** Shuts out what this process's predecessor left open, before positions are read. */
  fence(): Promise<void>;
  /** The same to another process, which no longer has what this one takes over. */
  shutOut(instance: string): Promise<void>;
  /** A task has come over: what its last owner wrote beside its commits is to be read before it is asked for again. */
  takenOver(): void;
}

export const joinGroup = async (
  parts: JoinParts,
  spec: GroupSpec,
  assigned: (task: Task) => Promise<void>,
): Promise<Membership> => {
  const { client, names, queue } = parts;
  const { settings } = client;
  const group = names.group(spec.stage);
  const inputs = spec.inputs.map((name) => ({
    topic: names.topic(name),
    name,
    partitions: names.spec(name)?.single ? 1 : settings.partitions,
  }));
  await parts.ensure([storeShape(spec, names, settings.partitions)]);
  await parts.fence();
  let life: GroupLife | undefined;

  const take = (number: number): Hold => {
    const lost = new AbortController();
    const moving = new AbortController();
    let work: Promise<void> = Promise.resolve();
    const store = { topic: names.changelog(spec.stage), partition: number };
    const sources = inputs.flatMap(({ name, partitions }) => sourcesOf(spec, name, partitions, number));
    const load = async () => {
      const { instance, shutOut } = parts;
      const takeover = { client, group, store, instance, signal: lost.signal, shutOut };
      const last = await shutOutLast(takeover);
      const inGroup = () => committedPositions(client, names, spec.stage, sources, { signal: lost.signal });
      let committed = await inGroup();
      const copy = parts.copy(store.topic, store.partition);
      await copy.catchUp({ signal: lost.signal });
      const kept = keptPositions(copy, sources);
      // The last commit of the owner before may have come to lie between the two looks: then nothing was lost.
      if (reconcile(committed, kept).restored.length > 0) committed = await inGroup();
      const { positions, restored } = reconcile(committed, kept);
      if (restored.length > 0) settings.log?.('warn', restoredText(group, restored, committed));
      if (restored.length > 0 || last !== instance) {
        const named = restored.map((position) => ({ ...position, topic: names.topic(position.topic) }));
        const mark = ownerPosition(store, instance, copy.offset());
        await writePositions(takeover, [mark, ...named], () => life?.member() ?? null);
      }
      if (lost.signal.aborted) return;
      parts.takenOver();
      parts.stores.hold(spec.stage, number, copy.store, lost.signal);
      work = assigned(
        makeTask({
          stage: spec.stage,
          sources,
          positions,
          copy,
          storePartition: number,
          moving: moving.signal,
          lost,
          instance: parts.instance,
          names,
          settings,
          fetcher: parts.fetcher,
          queue,
          member: () => life?.member() ?? null,
          refused: (generation) => life?.refused(generation),
          reload: () => {
            again = take(number);
            if (moving.signal.aborted) void again.finish();
          },
        }),
      );
    };
    let again: Hold | undefined;
    void load().catch((error: Error) => {
      if (lost.signal.aborted) return;
      settings.log?.('warn', `${group}: task ${number} could not be loaded: ${error.message}`);
      const ends = { moving: moving.signal, lost: lost.signal };
      work = assigned(failedTask(sources, ends, asTransportError(error, `loading task ${number} of ${group}`)));
    });
    return {
      finish: () => {
        moving.abort();
        return again?.finish() ?? work;
      },
      lose: (reason) => {
        lost.abort(reason);
        again?.lose(reason);
      },
    };
  };

  life = await liveInGroup({
    group,
    member: makeMember({
      client,
      group,
      ownership: spec.ownership,
      inputs,
      instance: parts.instance,
      sessionMilliseconds: settings.sessionMilliseconds ?? defaults.sessionMilliseconds,
    }),
    closed: client.closed,
    // One with a name of its own is being started again: what is in flight for its partitions would be asked twice.
    leaves: settings.instanceId === undefined,
    handOverMilliseconds: settings.handOverMilliseconds ?? defaults.handOverMilliseconds,
    log: settings.log ?? (() => {}),
    joined: ({ generation, tasks }) => settings.rebalanced?.(spec.stage, generation, tasks),
    take,
    settle: () => queue.flush(),
  });
  return life;
};

const restoredText = (group: string, restored: readonly Position[], committed: readonly Position[]): string => {
  const { topic, partition, offset } = restored[0]!;
  const found = committed.find((one) => one.topic === topic && one.partition === partition);
  const now = found === undefined ? 'are gone (they expire while a run is paused)' : `were set to ${found.offset}`;
  return (
    `${group}: its positions in Kafka ${now}, and are restored from the stage's own store (${topic}/${partition}: ` +
    `${offset}); to go over a run again, give it another name`
  );
};

const sourcesOf = ({ ownership }: GroupSpec, topic: string, partitions: number, task: number) => {
  if (ownership === 'exclusive') return Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
  return task < partitions ? [{ topic, partition: task }] : [];
};
