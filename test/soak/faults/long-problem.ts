import { countsOf, faultWorld, idsOf, RUN } from '../../helpers/fault-world.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { plainSums } from '../../helpers/plain-sums.ts';

const settings = { problems: 2000, records: 600, concurrency: 64 };
const long = { statement: `What is 7 plus nothing?${' Take your time.'.repeat(4000)}`, domain: 'maths', answer: '7' };

/** One problem that is too long for the endpoint among good ones: a dead letter, and the rest is done. */
export const longProblem = async () => {
  const run = async (rows: readonly object[]) => {
    const fault = ({ text }: { text: string }) =>
      text.length > 9000 ? ({ kind: 'status', status: 400 } as const) : undefined;
    const { there, server, end } = await faultWorld({ ...settings, server: { fault } });
    there.write('problems.jsonl', rows);
    const { code } = await there.run('run');
    const found = {
      ...{ code, ids: idsOf(there), counts: countsOf(there), letters: there.report().deadLetters },
      ...{ faults: faultsOf(storedStates(there.store, RUN)), requests: server.calls.length },
    };
    await end();
    return found;
  };
  const half = settings.problems / 2;
  const well = await run(plainSums(settings.problems));
  const with_ = await run([...plainSums(half), long, ...plainSums(half, half)]);
  const same = (before: unknown, now: unknown) => JSON.stringify(before) === JSON.stringify(now);
  return [
    {
      title: 'refuses one over-long problem',
      figures: `${settings.problems + 1} |  | ${with_.requests} / ${well.requests + 1} | 0 | `,
      aims: {
        'ends well': with_.code === 0,
        'the same ids': same(well.ids, with_.ids),
        'the rest is done': same({ ...well.counts.states, dead: 1 }, with_.counts.states),
        'one letter': same({ 'request-refused': 1 }, with_.letters),
        'asked once': with_.requests === well.requests + 1,
        'each problem in one state': with_.faults.length === 0,
      },
    },
  ];
};
