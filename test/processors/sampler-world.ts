import { sample } from '../../processors/sample.ts';
import type { PartsBy } from '../../processors/sampling/places.ts';
import type { SamplerState } from '../../processors/sampling/state.ts';
import type { Target } from '../../processors/sampling/target.ts';
import { asksAgain, type Command } from '../../runtime/topology.ts';
import type { Control, Level, Levelled, Outcome } from '../../schemas/types.ts';
import { controlRecord } from '../../topologies/control-words.ts';

export const hash = (text: string): string => {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 16777619) >>> 0;
  return value.toString(16).padStart(8, '0');
};

interface Parked {
  readonly id: string;
  readonly level: Level;
  readonly order: string;
}

/**
 * The engine's part, over plain arrays: queues, open admissions, questions. `admitted` is called at each admission,
 * before it counts.
 */
export const samplerWorld = (
  admitted: (id: string, level: Level) => void,
  by: PartsBy | null = null,
  { ahead = 0, announced = () => {} }: { ahead?: number; announced?: (id: string) => void } = {},
) => {
  const { step, initial } = sample({ hash, by, ahead });
  const queues = new Map<string, Parked[]>();
  const open = new Map<string, Level>();
  const numbers = new Map<string, number>();
  let admissions = 0;
  const told = { intake: true, finished: false };
  let state: SamplerState = initial;

  const park = (queue: string, one: Parked) => {
    const list = queues.get(queue) ?? [];
    list.push(one);
    queues.set(
      queue,
      list.sort((a, b) => (`${a.order}/${a.id}` < `${b.order}/${b.id}` ? -1 : 1)),
    );
  };
  const take = (queue: string): Parked => {
    const first = queues.get(queue)?.shift();
    if (!first) throw new Error(`the queue ${queue} is empty`);
    return first;
  };
  const admit = ({ id, level }: { id: string; level: Level }) => {
    admitted(id, level);
    open.set(id, level);
    numbers.set(id, admissions++);
  };
  const obey = (command: Command, arrival: { id: string; level: Level } | undefined): boolean => {
    if (command.do === 'admit') admit(arrival as Parked);
    else if (command.do === 'park') park(command.queue, { ...(arrival as Parked), order: command.order });
    else if (command.do === 'unpark') admit(take(command.queue));
    else if (command.do === 'move') {
      const moved = take(command.from);
      park(command.into, { ...moved, order: command.order(moved.id, moved.order) });
    } else if (command.do === 'announce') {
      const next = take(command.from);
      announced(next.id);
      park(command.into, next);
    } else if (command.do === 'settle') {
      const level = open.get(command.key) as Level;
      open.delete(command.key);
      if (command.park) park(command.park.queue, { id: command.key, level, order: command.park.order });
    } else if (command.do === 'intake') told.intake = command.open;
    else told.finished = true;
    return asksAgain(command);
  };
  const say = (word: Parameters<typeof step>[1], arrival?: { id: string; level: Level }): void => {
    told.finished = false;
    for (let next: Parameters<typeof step>[1] | null = word; next; ) {
      const { state: after, commands } = step(state, next, {
        head: (queue) => queues.get(queue)?.[0]?.order,
        ...{ admissions, intake: told.intake },
      });
      // Through JSON, as a restart would.
      state = JSON.parse(JSON.stringify(after)) as SamplerState;
      const asks = commands.map((command) => obey(command, arrival));
      next = asks.includes(true) ? { asked: true } : null;
    }
  };
  return {
    told,
    open,
    parked: () => [...queues.values()].flat(),
    state: () => state,
    arrive: (id: string, level: Level) => say({ from: 'levelled', record: levelled(id, level) }, { id, level }),
    settle: (id: string, became: Outcome['became']) => {
      const level = open.get(id) as Level;
      const admission = numbers.get(id) as number;
      say({ from: 'outcomes', record: { id, level, ...originOf(id), admission, became } });
    },
    target: (target: Target) => say(control({ kind: 'target', settings: JSON.stringify(target) })),
    stop: () => say(control({ kind: 'stop', settings: 'told' })),
    /** More of the sources: what was drained is open again. */
    reopen: () => say(control({ kind: 'sealed' })),
    drain: () => say({ drained: 'levelled' }),
  };
};

const control = (record: Pick<Control, 'kind'> & Partial<Control>) =>
  ({ from: 'control', record: controlRecord(record) }) as const;

const levelled = (id: string, level: Level): Levelled =>
  ({
    level,
    problem: { id, domain: originOf(id).domain, source: { dataset: originOf(id).dataset } },
    grade: { verdict: 'wrong' },
  }) as unknown as Levelled;

/** An id says whose problem it is: what stands behind its @ is the domain, and the data set too. */
const originOf = (id: string): { domain: string; dataset: string } => {
  const part = id.split('@')[1] ?? 'none';
  return { domain: part, dataset: `set ${part}` };
};
