import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { states } from '../../../../flow/status/counts.ts';
import { lastEmitted } from '../../../../flow/status/problems/last-emitted.ts';
import { type Hit, searchProblems, type Wanted } from '../../../../flow/status/problems/search.ts';
import { trailOf } from '../../../../flow/status/problems/trail.ts';
import { newestFirst } from '../../../../flow/store/newest-first.ts';
import { scan } from '../../../../flow/store/scan.ts';
import type { Transport } from '../../../../runtime/transport.ts';
import { levels } from '../../../../schemas/hardness.ts';
import type { Problem } from '../../../../schemas/types.ts';
import { topics } from '../../../../topologies/topics.ts';
import { sluiceHere } from '../../../helpers/sluice-here.ts';
import { type Ran, ran } from '../../ran.ts';

const byId = (one: Hit, other: Hit): number => (one.id < other.id ? -1 : 1);

describe('problems of a run', () => {
  let run: Ran;
  const problems: Problem[] = [];
  beforeAll(async () => {
    run = await ran();
    for await (const { record } of scan(run.transport, topics.problems)) problems.push(record);
  });
  afterAll(() => run.close());
  const ids = async (wanted: Wanted, most = 1000): Promise<string[]> =>
    (await searchProblems(run.transport, 'test', wanted, most)).map(({ id }) => id);

  it('are found by state and level: each once, and all of them', async () => {
    const trails = await Promise.all(problems.map(({ id }) => trailOf(run.transport, 'test', id)));
    const wanted = (level?: string, state?: string) =>
      trails
        .filter((one) => (!state || one?.state === state) && (!level || one?.levels.at(-1)?.level === level))
        .map((one) => one?.id);
    for (const state of states) expect((await ids({ state })).sort(), state).toEqual(wanted(undefined, state).sort());
    for (const level of levels) expect((await ids({ level })).sort(), level).toEqual(wanted(level).sort());
    const both = await ids({ level: 'easy', state: 'parked' });
    expect(both.sort()).toEqual(wanted('easy', 'parked').sort());
    expect((await ids({ state: 'parked' })).length).toBeGreaterThan(0);
  });

  it('are found by the beginning of an id, by row, and by words', async () => {
    const [problem] = problems;
    expect(await ids({ text: problem!.id.slice(0, 12) })).toEqual([problem!.id]);
    expect(await ids({ text: `problems.jsonl:${problem!.source.row}` })).toEqual([problem!.id]);
    expect(await ids({ text: problem!.statement.slice(12, 40).toUpperCase() })).toContain(problem!.id);
    expect(await ids({ text: 'nothing says this' })).toEqual([]);
  });

  it('come the last first, and no more of them than asked for', async () => {
    const partition: number[] = [];
    for await (const { partition: of, offset } of newestFirst(run.transport, topics.problems.name)) {
      expect(partition[of] ?? Infinity).toBeGreaterThan(offset);
      partition[of] = offset;
    }
    expect(partition).toEqual([0, 0, 0, 0]);
    expect(await ids({}, 7)).toHaveLength(7);
  });

  it('are read with their partitions once, however many are listed', async () => {
    const readsOf = async (most: number): Promise<number> => {
      let reads = 0;
      const counted: Transport = {
        ...run.transport,
        read: (...asked) => {
          reads++;
          return run.transport.read(...asked);
        },
      };
      await searchProblems(counted, 'test', {}, most);
      return reads;
    };
    const partitions = run.transport.partitions;
    expect(problems.length).toBeGreaterThan(50);
    expect(await readsOf(50)).toBeLessThan((await readsOf(1)) * (partitions + 1));
  });

  it('that were emitted last are told as they are found, without a reading of the others', async () => {
    const all = (await searchProblems(run.transport, 'test', { state: 'emitted' }, 1000)).toSorted(byId);
    expect((await lastEmitted(run.transport, 1000)).toSorted(byId)).toEqual(all);
    const last = await lastEmitted(run.transport, 3);
    expect(last).toHaveLength(3);
    expect(last).toEqual(await searchProblems(run.transport, 'test', { state: 'emitted' }, 3));
  });

  it('are printed: one as its whole way, several as a list', async () => {
    const [problem] = problems;
    const told = async (...args: string[]) => (await sluiceHere(['inspect', ...args], { cwd: run.folder })).stdout;
    expect(await told(problem!.id.slice(0, 12))).toMatch(new RegExp(`^${problem!.id}  \\w+: `));
    const [hit] = await searchProblems(run.transport, 'test', { state: 'rejected' }, 1);
    const list = (await told('--state', 'rejected')).trimEnd().split('\n');
    expect(list).toHaveLength(Math.min(10, run.report.states.rejected ?? 0));
    expect(list[0]).toContain(`${hit!.id}  rejected  ${hit!.level}`);
    const json = JSON.parse(await told('--last', '3', '--json'));
    expect(json).toHaveLength(3);
    expect(Object.keys(json[0])).toEqual(['id', 'state', 'level', 'statement', 'from']);
  });
});
