/**
 * A mutation that the crash test has to find: positions are committed in a transaction of their own, before what the
 * work made. `node test/mutations/commit-outside-transaction.ts` ends with 0 where the laws break, as they must.
 */
import type { Transport } from '../../runtime/transport.ts';
import { killedFlow } from '../helpers/kills/killed-flow.ts';

const outside = (transport: Transport): Transport => ({
  ...transport,
  join: (group, assigned) =>
    transport.join(group, (task) =>
      assigned({
        ...task,
        commit: async (commit) => {
          await task.commit({ positions: commit.positions, outputs: [], store: [] });
          await task.commit({ ...commit, positions: [] });
        },
      }),
    ),
});

export const faultsOutsideTransaction = async (): Promise<string[]> => {
  for (let commit = 3; commit < 40; commit++) {
    const limit = new Promise<string[]>((resolve) => setTimeout(resolve, 8000, ['the run hangs']).unref());
    const { faults } = await Promise.race([killedFlow([commit], outside), limit.then((faults) => ({ faults }))]);
    if (faults.length > 0) return faults;
  }
  return [];
};

if (import.meta.main) {
  const faults = await faultsOutsideTransaction();
  console.log(faults.length > 0 ? `found, as it must be: ${faults.slice(0, 3).join('; ')}` : 'the crash test is blind');
  process.exit(faults.length > 0 ? 0 : 1);
}
