import type { Transport } from '../../../runtime/transport.ts';

/**
 * A transport of a process that dies at a given commit: from then on nothing takes effect and nothing answers, as
 * if the process were gone. What was committed before stays.
 */
export const doomedTransport = (transport: Transport, diesAt: number) => {
  let commits = 0;
  let died: () => void = () => {};
  const dead = new Promise<void>((resolve) => {
    died = resolve;
  });
  const never = () => new Promise<never>(() => {});
  /** Half of the deaths come right after the commit took effect, the others right before. */
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = ++commits;
    if (mine > diesAt || (mine === diesAt && diesAt % 2 === 0)) {
      died();
      return never();
    }
    const result = await work();
    if (mine < diesAt) return result;
    died();
    return never();
  };
  const alive = <Result>(work: () => Promise<Result>): Promise<Result> => (commits >= diesAt ? never() : work());
  const doomed: Transport = {
    ...transport,
    append: (records) => guarded(() => transport.append(records)),
    read: (...place) => alive(() => transport.read(...place)),
    ends: (topic) => alive(() => transport.ends(topic)),
    grown: (...waiting) => alive(() => transport.grown(...waiting)),
    join: (group, assigned) =>
      transport.join(group, (task) =>
        assigned({
          ...task,
          fetch: (...place) => alive(() => task.fetch(...place)),
          commit: (commit) => guarded(() => task.commit(commit)),
        }),
      ),
  };
  return { doomed, dead };
};
