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
  taken: number;
  completed: number;
  deadInHand: number;
  dead: number;
  passedOver: number;
  /** Records done in the second that each slot stands for. */
  readonly slots: { second: number; done: number }[];
}

const WINDOW_SECONDS = 10;

export const meter = (): Meter => {
  const tallies = new Map<string, Tally>();
  const of = (stage: string): Tally => {
    const known = tallies.get(stage) ?? { taken: 0, completed: 0, deadInHand: 0, dead: 0, passedOver: 0, slots: [] };
    tallies.set(stage, known);
    return known;
  };
  return {
    observe: (event, now) => {
      if (event.kind === 'assigned') of(event.stage);
      else if (event.kind === 'taken') of(event.stage).taken++;
      else if (event.kind === 'passed-over') of(event.stage).passedOver++;
      else if (event.kind === 'completed') did(of(event.stage), 1, now);
      else if (event.kind === 'folded') did(of(event.stage), event.arrived, now);
      else if (event.kind === 'dead-letter') {
        const tally = of(event.stage);
        tally.dead++;
        if (event.taken) tally.deadInHand++;
      }
    },
    stages: (now) =>
      [...tallies]
        .toSorted(([a], [b]) => inFlowOrder(a, b))
        .map(([stage, tally]) => ({
          stage,
          inHand: Math.max(0, tally.taken - tally.completed - tally.deadInHand),
          done: tally.completed,
          dead: tally.dead,
          perSecond: perSecond(tally, now),
        })),
    passedOver: () => new Map([...tallies].map(([stage, tally]) => [stage, tally.passedOver])),
  };
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
