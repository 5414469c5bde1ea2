import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { Transport } from '../../../runtime/transport.ts';

/** How far a stage's committed watermark is behind the end of a partition that this process holds. */
export interface Lag {
  readonly stage: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/** Which partitions the stages of this process hold, from the engine's events. */
export const holdings = () => {
  // A task that is taken up again may be there before the word that its forerunner is gone.
  const held = new Map<string, { place: Omit<Lag, 'records'>; times: number }>();
  const count = (place: Omit<Lag, 'records'>, change: number): void => {
    const key = `${place.stage} ${place.topic} ${place.partition}`;
    const times = (held.get(key)?.times ?? 0) + change;
    if (times > 0) held.set(key, { place, times });
    else held.delete(key);
  };
  return {
    observe: (event: RuntimeEvent): void => {
      if (event.kind !== 'assigned' && event.kind !== 'lost') return;
      const change = event.kind === 'assigned' ? 1 : -1;
      for (const source of event.sources) count({ stage: event.stage, ...source }, change);
    },
    lags: async (transport: Transport): Promise<Lag[]> => {
      const places = [...held.values()].map(({ place }) => place);
      const ends = await byName(places, 'topic', (topic) => transport.ends(topic));
      const positions = await byName(places, 'stage', (stage) => transport.positions(stage));
      return places.map((place) => {
        const { stage, topic, partition } = place;
        const committed = positions
          .get(stage)
          ?.find((position) => position.topic === topic && position.partition === partition);
        const end = ends.get(topic)?.[partition] ?? 0;
        return { ...place, records: Math.max(0, end - (committed?.offset ?? 0)) };
      });
    },
  };
};

const byName = async <Key extends 'stage' | 'topic', Found>(
  places: readonly Omit<Lag, 'records'>[],
  key: Key,
  find: (name: string) => Promise<Found>,
): Promise<Map<string, Found>> => {
  const names = [...new Set(places.map((place) => place[key]))];
  return new Map(await Promise.all(names.map(async (name) => [name, await find(name)] as const)));
};
