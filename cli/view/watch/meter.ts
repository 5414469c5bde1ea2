import type { StageNote } from '../../../flow/status/notes/live-note.ts';
import { inFlowOrder } from '../../../flow/status/stages.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';

/** What the stages of this process have done, counted from the engine's events. */
export interface Meter {
  observe(event: RuntimeEvent, now: number): void;
  /** In the order of the flow. `now`: milliseconds on the clock of `observe`. */
  stages(now: number): StageNote[];
  passedOver(): ReadonlyMap<string, number>;
}

interface Tally {
  /** When each record that is in hand was taken, by `partition/offset`; the oldest first. */
  readonly inHand: Map<string, number>;
  completed: number;
  dead: number;
  passedOver: number;
  /** Records done in the second that each slot stands for. */
  readonly slots: { second: number; done: number }[];
}

const WINDOW_SECONDS = 10;

export const meter = (): Meter => {
  const tallies = new Map<string, Tally>();
  const of = (stage: string): Tally => {
    const known = tallies.get(stage) ?? { inHand: new Map(), completed: 0, dead: 0, passedOver: 0, slots: [] };
    tallies.set(stage, known);
    return known;
  };
  return {
    observe: (event, now) => {
      if (event.kind === 'assigned') of(event.stage);
      else if (event.kind === 'taken') of(event.stage).inHand.set(placeOf(event), now);
      else if (event.kind === 'passed-over') of(event.stage).passedOver++;
      else if (event.kind === 'lost') letGo(of(event.stage), event.sources);
      else if (event.kind === 'completed') {
        of(event.stage).inHand.delete(placeOf(event));
        did(of(event.stage), 1, now);
      } else if (event.kind === 'folded') did(of(event.stage), event.arrived, now);
      else if (event.kind === 'dead-letter') {
        const tally = of(event.stage);
        tally.dead++;
        tally.inHand.delete(placeOf(event));
      }
    },
    stages: (now) =>
      [...tallies]
        .toSorted(([a], [b]) => inFlowOrder(a, b))
        .map(([stage, tally]) => ({
          stage,
          inHand: tally.inHand.size,
          oldestSeconds: ageOf(tally, now),
          done: tally.completed,
          dead: tally.dead,
          perSecond: perSecond(tally, now),
        })),
    passedOver: () => new Map([...tallies].map(([stage, tally]) => [stage, tally.passedOver])),
  };
};

const placeOf = ({ partition, offset }: { readonly partition: number; readonly offset: number }): string =>
  `${partition}/${offset}`;

/** What was in hand comes again, here or elsewhere. */
const letGo = ({ inHand }: Tally, sources: readonly { readonly partition: number }[]): void => {
  for (const place of inHand.keys()) {
    if (sources.some(({ partition }) => place.startsWith(`${partition}/`))) inHand.delete(place);
  }
};

const ageOf = ({ inHand }: Tally, now: number): number | null => {
  const [first] = inHand.values();
  return first === undefined ? null : Math.max(0, Math.round((now - first) / 1000));
};

const did = (tally: Tally, records: number, now: number): void => {
  tally.completed += records;
  const second = Math.floor(now / 1000);
  const last = tally.slots.at(-1);
  if (last?.second === second) last.done += records;
  else tally.slots.push({ second, done: records });
  while ((tally.slots[0]?.second ?? second) <= second - WINDOW_SECONDS) tally.slots.shift();
};

const perSecond = ({ slots }: Tally, now: number): number => {
  const second = Math.floor(now / 1000);
  const recent = slots.filter((slot) => slot.second > second - WINDOW_SECONDS);
  const done = recent.reduce((sum, slot) => sum + slot.done, 0);
  const first = recent[0]?.second ?? second;
  // What has just begun is measured over the time that it had.
  return Math.round((10 * done) / Math.max(1, Math.min(WINDOW_SECONDS, second - first + 1))) / 10;
};
