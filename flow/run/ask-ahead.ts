import type { SamplerState } from '../../processors/sample.ts';
import { isClosed, live } from '../../processors/sampling/admissible.ts';
import { ofQueue, placesOf } from '../../processors/sampling/places.ts';
import { queueOf } from '../../processors/sampling/queues.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Pointer } from '../../runtime/fold/parking.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Admitted } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';

export interface AskingAhead {
  readonly transport: Transport;
  /** Problems that were asked and have not been let through, at most. */
  readonly most: number;
  /** As the stage `generate` asks; what comes of it stays in the journal, and is left aside here. */
  readonly ask: (admitted: Admitted, signal: AbortSignal) => Promise<unknown>;
  /** Nothing more is asked once it is aborted. */
  readonly stopping: AbortSignal;
}

/**
 * Near the end of a target every place is taken by a problem that the teacher is at, and its endpoint idles until one
 * fails. So the problems that are next in turn are asked then, as many as will be needed if those in hand fail as often
 * as those before; their answers wait in the journal. Nothing is admitted by it, and nothing is emitted: whoever is next
 * finds its answer there. A crash loses it as it loses any call; what it asked again after that is in the journal.
 */
export const askAhead = ({ transport, most, ask, stopping }: AskingAhead) => {
  const ending = new AbortController();
  const asked = new Set<string>();
  const running = new Set<Promise<void>>();
  /** The last that the sampler was seen at, and not looked at yet. */
  let latest: SamplerState | null = null;
  let looking = false;

  const askFor = async ({ topic, partition, offset }: Pointer): Promise<void> => {
    const [stored] = await transport.read(topic, partition, offset, 1);
    if (stored?.offset !== offset) return;
    await ask({ ...topics.levelled.codec.decode(stored.value), admission: -1 }, ending.signal);
  };

  const look = async (state: SamplerState): Promise<void> => {
    const wanted = wantedAhead(state);
    if (wanted.size === 0 || stopping.aborted) return;
    const store = await transport.store('sample', 0);
    // Of all queues: what was asked of one counts, whether more of it is wanted or not.
    const next = (state.target?.queues ?? []).map(({ queue }) => ({
      count: wanted.get(queue) ?? 0,
      heads: placesOf(queue)
        .flatMap((place) => store.scan(`queue/${queueOf(state.target, place)}/`, most))
        .map(([, value]) => JSON.parse(Buffer.from(value).toString()) as Pointer)
        .sort((a, b) => (`${a.order}/${a.key}` < `${b.order}/${b.key}` ? -1 : 1)),
    }));
    let left = most - next.flatMap(({ heads }) => heads).filter(({ key }) => asked.has(key)).length;
    for (const { heads, count } of next) {
      for (const pointer of heads.slice(0, count)) {
        if (left <= 0 || asked.has(pointer.key) || ending.signal.aborted) continue;
        left--;
        asked.add(pointer.key);
        keep(askFor(pointer));
      }
    }
  };

  const lookOn = async (): Promise<void> => {
    looking = true;
    while (latest !== null && !ending.signal.aborted) {
      const state: SamplerState = latest;
      latest = null;
      await look(state).catch(() => {});
    }
    looking = false;
  };

  /** Whatever is wrong with a problem is told when its turn comes. */
  const keep = (work: Promise<void>): void => {
    const one: Promise<void> = work.catch(() => {}).finally(() => running.delete(one));
    running.add(one);
  };

  return {
    observe: (event: RuntimeEvent): void => {
      if (event.kind !== 'folded') return;
      latest = event.state as SamplerState;
      if (!looking) keep(lookOn());
    },
    /** Nothing more is asked, and what is on its way is given up: what it took until then is paid. */
    close: async (): Promise<void> => {
      ending.abort(new Error('the target needs nothing more'));
      await Promise.allSettled(running);
    },
  };
};

/** Of each queue whose places are all taken: how many of those in hand will fail, if they do as those before. */
export const wantedAhead = (state: SamplerState): ReadonlyMap<string, number> => {
  const { target, halted, drained } = state;
  const wanted = new Map<string, number>();
  if (!target || target.records === null || halted || (target.admit === 'after-grading' && !drained)) return wanted;
  for (const { queue, quota } of target.queues) {
    const open = ofQueue(state.open, queue);
    const isTaken = live(state, queue) >= (state.quotas?.[queue] ?? quota);
    if (open === 0 || !isTaken || placesOf(queue).every((place) => isClosed(state, place))) continue;
    const failed = ofQueue(state.failed, queue);
    const count = Math.floor((open * failed) / Math.max(1, failed + ofQueue(state.emitted, queue)));
    if (count > 0) wanted.set(queue, count);
  }
  return wanted;
};
