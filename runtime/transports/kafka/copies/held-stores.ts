import type { Store } from '../../../transport.ts';

/**
 * The stores of the tasks that this process has, as whoever looks may see them: what is committed, and no way to change
 * it. A looker never holds the copy that a task writes.
 */
export interface HeldStores {
  /** From now until `lost` is aborted. */
  hold(stage: string, partition: number, store: Store, lost: AbortSignal): void;
  view(stage: string, partition: number): Store | undefined;
}

export const makeHeldStores = (): HeldStores => {
  const views = new Map<string, Store>();
  return {
    hold: (stage, partition, store, lost) => {
      const place = `${stage}/${partition}`;
      const view: Store = {
        get: (key) => store.get(key),
        scan: (prefix, limit, after) => store.scan(prefix, limit, after),
      };
      views.set(place, view);
      lost.addEventListener('abort', () => views.get(place) === view && views.delete(place), { once: true });
    },
    view: (stage, partition) => views.get(`${stage}/${partition}`),
  };
};
