/** Does the work anew whenever it is asked to and not at it; what goes wrong is tried again the next time. */
export const oneAtATime = (work: () => Promise<void>): (() => void) => {
  let atWork = false;
  const doIt = async (): Promise<void> => {
    atWork = true;
    await work().catch(() => {});
    atWork = false;
  };
  return () => {
    if (!atWork) void doIt();
  };
};
