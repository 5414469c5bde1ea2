/** How long until a number is reached, at the pace of the last minute. */
export interface Pace {
  /** `done` of `wanted`, at `now` in milliseconds; gives seconds, or null where nothing can be said. */
  eta(done: number, wanted: number | null, now: number): number | null;
}

const WINDOW_MILLISECONDS = 60_000;

export const pace = (): Pace => {
  const past: { at: number; done: number }[] = [];
  return {
    eta: (done, wanted, now) => {
      past.push({ at: now, done });
      while (past.length > 2 && now - (past[0]?.at ?? now) > WINDOW_MILLISECONDS) past.shift();
      if (wanted === null) return null;
      if (done >= wanted) return 0;
      const first = past[0] as { at: number; done: number };
      const gained = done - first.done;
      return gained <= 0 ? null : Math.round(((wanted - done) * (now - first.at)) / gained / 1000);
    },
  };
};
