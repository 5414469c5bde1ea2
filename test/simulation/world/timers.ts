export interface Timer {
  readonly run: () => void;
  /** Milliseconds after which it comes again; null: once. */
  readonly every: number | null;
  readonly due: number;
}

/** Timers in the order in which they are due; of those due at once, the one that was set first. */
export interface Timers {
  /** Gives its name. */
  add(timer: Timer): number;
  remove(id: number): void;
  first(): Timer | undefined;
  /** The first has its turn at this moment: it is gone, or due again. */
  pass(now: number): void;
}

/** A binary heap. What is removed stays in it, forgotten, until it is the first. */
export const makeTimers = (): Timers => {
  const heap: Entry[] = [];
  const live = new Map<number, Entry>();
  let made = 0;
  let order = 0;

  const push = (entry: Entry): void => {
    let index = heap.length;
    while (index > 0) {
      const parent = heap[(index - 1) >> 1] as Entry;
      if (isBefore(parent, entry)) break;
      heap[index] = parent;
      index = (index - 1) >> 1;
    }
    heap[index] = entry;
  };
  const pop = (): void => {
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const right = heap[child + 1];
      if (right && isBefore(right, heap[child] as Entry)) child++;
      const below = heap[child];
      if (!below || isBefore(last, below)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
  };
  const put = (id: number, timer: Timer): void => {
    const entry = { id, timer, due: timer.due, order: ++order };
    live.set(id, entry);
    push(entry);
  };
  const first = (): Entry | undefined => {
    for (let top = heap[0]; top; top = heap[0]) {
      if (live.get(top.id) === top) return top;
      pop();
    }
    return undefined;
  };
  return {
    add: (timer) => {
      put(++made, timer);
      return made;
    },
    remove: (id) => void live.delete(id),
    first: () => first()?.timer,
    pass: (now) => {
      const top = first();
      if (!top) return;
      pop();
      live.delete(top.id);
      const { timer, id } = top;
      if (timer.every !== null) put(id, { ...timer, due: now + timer.every });
    },
  };
};

interface Entry {
  readonly id: number;
  readonly timer: Timer;
  readonly due: number;
  readonly order: number;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.due < other.due || (one.due === other.due && one.order < other.order);
