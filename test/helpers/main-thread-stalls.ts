/**
 * How long the main thread was held at most between two turns of its event loop, in seconds of its processor time: on a
 * busy machine it waits for a core, which is nobody's fault.
 */
export const watchStalls = () => {
  let longest = 0;
  let before = process.threadCpuUsage();
  const watch = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1e6);
  }, 1);
  return {
    /** Since it was last asked. */
    longest: (): number => {
      const found = longest;
      longest = 0;
      return found;
    },
    [Symbol.dispose]: () => clearInterval(watch),
  };
};
