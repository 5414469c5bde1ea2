/**
 * How far this process has written. A transaction counts as committed a few milliseconds before its markers lie in
 * the partitions; a reader that wants to see what its own process wrote waits for them.
 */
export interface OwnWrites {
  wrote(topic: string, partition: number, lastOffset: number): void;
  /** Whether a reader that sees everything below `stable` sees what was written. */
  visible(topic: string, partition: number, stable: number): boolean;
}

export const makeOwnWrites = (): OwnWrites => {
  const last = new Map<string, number>();
  return {
    wrote: (topic, partition, offset) => {
      const key = `${topic}/${partition}`;
      last.set(key, Math.max(offset, last.get(key) ?? -1));
    },
    visible: (topic, partition, stable) => stable > (last.get(`${topic}/${partition}`) ?? -1),
  };
};
