import type { Store, Task, Transport } from '../../../runtime/transport.ts';
import type { Life } from '../world/cluster.ts';

/** The transport of a process that may die: from then on nothing answers it, and nothing reaches it. */
export const mortal = (transport: Transport, life: Life): Transport => {
  const alive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (life.dead) return never();
    try {
      const result = await work();
      return life.dead ? await never() : result;
    } catch (error) {
      if (life.dead) return never();
      throw error;
    }
  };
  const storeOf = (store: Store): Store => ({
    get: (key) => (life.dead ? undefined : store.get(key)),
    scan: (...range) => (life.dead ? [] : store.scan(...range)),
  });
  const taskOf = (task: Task): Task => ({
    ...task,
    store: storeOf(task.store),
    fetch: (...place) => alive(() => task.fetch(...place)),
    commit: (commit) => alive(() => task.commit(commit)),
  });
  return {
    ...transport,
    apply: (specs, stages) => alive(() => transport.apply(specs, stages)),
    check: (specs) => alive(() => transport.check(specs)),
    join: async (group, assigned) => {
      const membership = await alive(() =>
        transport.join(group, (task) => (life.dead ? never() : assigned(taskOf(task)))),
      );
      return { leave: () => alive(() => membership.leave()) };
    },
    append: (records) => alive(() => transport.append(records)),
    read: (...place) => alive(() => transport.read(...place)),
    ends: (topic) => alive(() => transport.ends(topic)),
    grown: (...waiting) => alive(() => transport.grown(...waiting)),
    positions: (stage) => alive(() => transport.positions(stage)),
    store: async (stage, partition) => storeOf(await alive(() => transport.store(stage, partition))),
    table: (name) => {
      const table = transport.table(name);
      return {
        get: (...place) => alive(() => table.get(...place)),
        put: (...entry) => alive(() => table.put(...entry)),
        entries: async function* (prefix) {
          const entries = table.entries(prefix)[Symbol.asyncIterator]();
          for (;;) {
            const next = await alive(() => entries.next());
            if (next.done) return;
            yield next.value;
          }
        },
      };
    },
    close: () => alive(() => transport.close()),
  };
};

const never = <T>(): Promise<T> => new Promise(() => {});
