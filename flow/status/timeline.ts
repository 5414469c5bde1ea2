import { whoOf } from './notes/members.ts';
import type { Status } from './status.ts';

/** How a run went at one moment. */
export interface Moment {
  /** Since the process began. */
  readonly seconds: number;
  /** Records a second, by stage. */
  readonly rates: Readonly<Record<string, number>>;
  /** The endpoints that let nothing through since the moment before. */
  readonly paused: readonly string[];
}

export interface Timeline {
  note(status: Status): void;
  moments(): readonly Moment[];
}

/** The course of a run in at most so many moments: the longer it goes on, the farther they are apart. No pause is lost. */
export const timeline = (most = 240): Timeline => {
  let moments: Moment[] = [];
  let apart = 1;
  let paused = new Set<string>();
  return {
    note: ({ seconds, stages, endpoints }) => {
      if (seconds === null) return;
      for (const one of endpoints) if (one.phase === 'paused' || one.phase === 'probing') paused.add(whoOf(one));
      const last = moments.at(-1);
      if (last && seconds - last.seconds < apart) return;
      const rates = Object.fromEntries(stages.map(({ stage, perSecond }) => [stage, perSecond]));
      moments.push({ seconds, rates, paused: [...paused] });
      paused = new Set();
      if (moments.length <= most) return;
      moments = thinned(moments);
      apart *= 2;
    },
    moments: () => moments,
  };
};

/** Every second one; it takes over the pauses of the one before, which is left out. */
const thinned = (moments: readonly Moment[]): Moment[] =>
  moments.flatMap((moment, index) => {
    if (index === 0) return [moment];
    if (index % 2 === 1) return [];
    const before = moments[index - 1]?.paused ?? [];
    return [{ ...moment, paused: [...new Set([...before, ...moment.paused])] }];
  });
