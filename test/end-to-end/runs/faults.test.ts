import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsOf, type FaultWorld, faultWorld, idsOf, RUN, refusing, some } from '../../helpers/fault-world.ts';
import type { Call, ModelServerSettings } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { answerSums, plainSums } from '../../helpers/plain-sums.ts';

const problems = 90;
const records = 24;
const latency = ({ number }: Call) => 10 + (number % 30);

/** A span of time that begins with the hundredth call. */
const spell = (milliseconds: number) => {
  let began: number | undefined;
  return ({ number, arrived }: Call): number => {
    if (number === 100) began ??= arrived;
    return began === undefined ? 0 : Math.max(0, began + milliseconds - arrived);
  };
};
const silence = spell(3000);
const slowness = spell(4000);

const faults: readonly (readonly [string, Partial<ModelServerSettings>])[] = [
  ['answers a tenth with 500', { fault: some(0.1, { kind: 'status', status: 500 }) }],
  ['stops answering for a while', { latency: (call) => latency(call) + silence(call) }],
  ['slows tenfold for a while and recovers', { latency: (call) => latency(call) * (slowness(call) > 0 ? 10 : 1) }],
  ['sends one body of twenty that is no JSON', { fault: some(0.05, { kind: 'malformed' }) }],
  ['cuts off one body of ten', { fault: some(0.1, { kind: 'cut-body' }) }],
  ['resets one connection of ten', { fault: some(0.1, { kind: 'reset' }) }],
];

describe('an endpoint that', { timeout: 180_000 }, () => {
  let expected: { ids: string[]; report: ReturnType<typeof countsOf>; needed: number };
  beforeAll(async () => {
    const { there, server, end } = await world({});
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(0);
    expected = { ids: idsOf(there), report: countsOf(there), needed: server.calls.length };
    await end();
  });

  it.for(faults)('%s costs no row, and few requests more', async ([, settings], { expect }) => {
    const { there, server, end } = await world(settings);
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(0);
    expect(idsOf(there)).toEqual(expected.ids);
    expect(countsOf(there)).toEqual(expected.report);
    expect(faultsOf(storedStates(there.store, RUN))).toEqual([]);
    expect(server.calls.filter((call) => call.repeat === 0)).toHaveLength(expected.needed);
    expect(server.calls.length).toBeLessThanOrEqual(1.3 * expected.needed);
    await end();
  });

  it('never answers one call of fifty is asked again after a while', async ({ expect }) => {
    const { there, server, end } = await world({ fault: some(0.02, { kind: 'silent' }) });
    const patience = ['student', 'scorer', 'teacher'].flatMap((role) => ['--set', `${role}.idleTimeoutSeconds=3`]);
    const { code, stderr } = await there.runHere('run', ...patience);
    expect(code, stderr).toBe(0);
    expect(idsOf(there)).toEqual(expected.ids);
    expect(countsOf(there)).toEqual(expected.report);
    expect(faultsOf(storedStates(there.store, RUN))).toEqual([]);
    expect(server.calls.length).toBeGreaterThan(expected.needed);
    expect(server.calls.length).toBeLessThanOrEqual(1.3 * expected.needed);
    await end();
  });

  it('takes 64 at once and sheds the rest is not stormed', async ({ expect }) => {
    const busy = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
    const fault = (_: Call, inFlight: number) => (inFlight > 64 ? busy : undefined);
    const { there, server, end } = await world({ fault, latency: () => 600 }, 400, 256);
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(0);
    expect(there.report().states).toMatchObject({ emitted: records, dead: 0, unread: 0 });
    expect(faultsOf(storedStates(there.store, RUN))).toEqual([]);
    const needed = server.calls.filter((call) => call.status === 200).length;
    const settledIn = (server.calls[0]?.arrived ?? 0) + 5000;
    const counted = server.calls.filter((call) => call.status === 200 || call.arrived > settledIn);
    expect(server.calls.some((call) => call.arrived > settledIn)).toBe(true);
    expect(counted.length).toBeLessThanOrEqual(1.3 * needed);
    await end();
  });

  it('cuts one answer of ten at its length is taken at its word: wrong, or rejected, and not asked again', async ({
    expect,
  }) => {
    const cut = (text: string) => hashShare(`cut ${text}`) < 0.1;
    const { there, server, end } = await world({
      chat: (call) => ({ ...answerSums(call), ...(cut(call.text) && { finish: 'length' }) }),
    });
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(0);
    const { states, rejected, graded } = there.report();
    const right = plainSums(problems).filter((row) => {
      const { statement } = row as { statement: string };
      return !cut(statement) && hashShare(statement) < 0.33;
    });
    expect(graded.right).toBe(right.length);
    expect(rejected.truncated).toBeGreaterThan(0);
    expect(states).toMatchObject({ emitted: records, dead: 0, unread: 0 });
    expect(server.calls.filter((call) => call.repeat > 0)).toEqual([]);
    expect(faultsOf(storedStates(there.store, RUN))).toEqual([]);
    await end();
  });

  it('refuses the key of the teacher stops the run at once; the right key goes on where it stood', async ({
    expect,
  }) => {
    const { there, server, end } = await world({ fault: refusing('teacher') });
    const wrong = await there.runHere('run', '--set', 'teacher.apiKey=no-key');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr.match(/API key is missing or wrong/g)).toHaveLength(1);
    expect(wrong.stderr).not.toMatch(/no-key|^ +at /m);
    expect(server.calls.filter((call) => call.status === 401).length).toBeLessThanOrEqual(64);
    const before = server.calls.length;
    const right = await there.runHere('run', '--set', 'teacher.apiKey=yes-key');
    expect(right.code, right.stderr).toBe(0);
    expect(server.calls.slice(before).filter((call) => call.model !== 'teacher')).toEqual([]);
    expect(idsOf(there)).toEqual(expected.ids);
    expect(countsOf(there)).toEqual(expected.report);
    expect(faultsOf(storedStates(there.store, RUN))).toEqual([]);
    await end();
  });

  it('refuses one over-long problem gets the others all the same', async ({ expect }) => {
    const tooLong = { kind: 'status', status: 400 } as const;
    const { there, server, end } = await world({ fault: ({ text }) => (text.length > 9000 ? tooLong : undefined) });
    const long = {
      statement: `What is 7 plus nothing?${' Take your time.'.repeat(1000)}`,
      domain: 'maths',
      answer: '7',
    };
    there.write('problems.jsonl', [...plainSums(problems / 2), long, ...plainSums(problems / 2, problems / 2)]);
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(0);
    expect(idsOf(there)).toEqual(expected.ids);
    expect(there.report()).toMatchObject({
      states: { ...expected.report.states, dead: 1 },
      deadLetters: { 'request-refused': 1 },
    });
    expect(server.calls).toHaveLength(expected.needed + 1);
    expect(faultsOf(storedStates(there.store, RUN))).toEqual([]);
    await end();
  });
});

const worlds = new Set<FaultWorld>();
afterAll(async () => {
  for (const one of worlds) await one.end();
});

const world = async (server: Partial<ModelServerSettings>, count = problems, concurrency = 64): Promise<FaultWorld> => {
  const made = await faultWorld({ problems: count, records, concurrency, server: { latency, ...server } });
  worlds.add(made);
  return {
    ...made,
    end: async () => {
      worlds.delete(made);
      await made.end();
    },
  };
};
