/** Of so many keys it is remembered where they went; the longest unused is forgotten first. */
const mostKept = 65_536;

/** Where calls of one key go. A key that is left out is nobody's. */
export interface Bindings<T extends object> {
  get(key: string | undefined): T | undefined;
  set(key: string | undefined, to: T): void;
  /** Who comes under this key meanwhile waits until it is known where the first one goes. */
  await(key: string | undefined, coming: Promise<T>): void;
  /** Resolves when it is known, and never rejects; null where nobody is on the way. */
  coming(key: string | undefined): Promise<void> | null;
}

export const bindings = <T extends object>(): Bindings<T> => {
  const kept = new Map<string, T>();
  const onTheWay = new Map<string, Promise<void>>();

  const set = (key: string | undefined, to: T): void => {
    if (key === undefined) return;
    kept.delete(key);
    kept.set(key, to);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
  };

  return {
    get: (key) => (key === undefined ? undefined : kept.get(key)),
    set,
    await(key, coming) {
      if (key === undefined) return;
      const known = coming
        .then((to) => set(key, to))
        .catch(() => {})
        .finally(() => {
          if (onTheWay.get(key) === known) onTheWay.delete(key);
        });
      onTheWay.set(key, known);
    },
    coming: (key) => (key === undefined ? undefined : onTheWay.get(key)) ?? null,
  };
};
