import { countsOf, faultWorld, idsOf, RUN, refusing } from '../../helpers/fault-world.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';

const settings = { problems: 2000, records: 600, concurrency: 64 };
const latency = () => 100;

/** A wrong key of each model: it stops at once with one message, and the right key goes on where it stood. */
export const wrongKey = async () => {
  const well = await faultWorld({ ...settings, server: {} });
  await well.there.run('run');
  const expected = { ids: idsOf(well.there), counts: countsOf(well.there), needed: well.server.calls.length };
  await well.end();
  const rows = [];
  for (const [role, model] of [
    ['student', 'student'],
    ['scorer', 'prm'],
    ['teacher', 'teacher'],
  ] as const) {
    const { there, server, end } = await faultWorld({ ...settings, server: { latency, fault: refusing(model) } });
    const wrong = await there.run('run', '--set', `${role}.apiKey=no-key`);
    const ended = performance.now();
    const refused = server.calls.filter((call) => call.status === 401);
    const stoppedAfter = (ended - (refused[0]?.arrived ?? 0)) / 1000;
    const right = await there.run('run', '--set', `${role}.apiKey=yes-key`);
    const answered = server.calls.filter((call) => call.status === 200).length;
    const same = (before: unknown, now: unknown) => JSON.stringify(before) === JSON.stringify(now);
    rows.push({
      title: `refuses the key of the ${role}`,
      figures: `${settings.problems} | stops after ${stoppedAfter.toFixed(1)} s | ${answered} / ${expected.needed}, ${refused.length} refused | 0 | `,
      aims: {
        'fails with 1': wrong.code === 1,
        'one message': (wrong.stderr.match(/API key is missing or wrong/g) ?? []).length === 1,
        'no stack trace, no key': !/no-key|^ +at /m.test(wrong.stderr),
        'few are refused': refused.length <= settings.concurrency,
        'the right key ends well': right.code === 0,
        'the same ids': same(expected.ids, idsOf(there)),
        'the same counts': same(expected.counts, countsOf(there)),
        'only what was in flight is asked twice': answered - expected.needed <= 3 * settings.concurrency,
        'each problem in one state': faultsOf(storedStates(there.store, RUN)).length === 0,
      },
    });
    await end();
  }
  return rows;
};
