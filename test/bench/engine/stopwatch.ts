export interface Speed {
  readonly perSecond: number;
  /** What a machine that does nothing else would come near to, but for its disk. */
  readonly perCpuSecond: number;
}

/** Of this process, from here until it is asked. */
export const stopwatch = () => {
  const began = performance.now();
  const before = process.cpuUsage();
  return (count: number): Speed => {
    const { user, system } = process.cpuUsage(before);
    return { perSecond: count / ((performance.now() - began) / 1000), perCpuSecond: count / ((user + system) / 1e6) };
  };
};
