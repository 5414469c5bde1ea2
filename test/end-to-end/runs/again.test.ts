import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call, ModelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, recordedServer } from '../../helpers/models/recorded-students.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const rows = dataRows<{ question: string }>('gsm8k/test.jsonl').slice(0, 153);
const before = rows.slice(0, 150);
const added = rows.slice(150);

describe.skipIf(!haveData)('the same command given again', { timeout: 300_000 }, () => {
  let server: ModelServer;
  let there: Place;
  beforeAll(async () => {
    server = await recordedServer({ failing: 0.1 });
    there = place(configOf(server));
    there.write('problems.jsonl', before);
    await there.runHere('run');
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  /** The calls that one command makes. */
  const callsOf = async (...args: string[]): Promise<readonly Call[]> => {
    const before = server.calls.length;
    const { code, stderr } = await there.runHere(...args);
    expect([0, 3], stderr).toContain(code);
    return server.calls.slice(before);
  };
  const to = (calls: readonly Call[], model: string) => calls.filter((call) => call.model === model);

  it('sends nothing for a finished run', async () => {
    expect(await callsOf('run')).toEqual([]);
    expect(there.report().states.emitted).toBeGreaterThan(25);
  });

  it('sends nothing because the concurrency is another', async () => {
    expect(await callsOf('run', '--set', 'student.concurrency=8', '--set', 'teacher.concurrency=5')).toEqual([]);
  });

  it('refuses another prompt under the same name, and says which setting differs', async () => {
    const before = server.calls.length;
    const { code, stderr } = await there.runHere('run', '--set', 'student.temperature=0.5');
    expect({ code, calls: server.calls.length - before }).toEqual({ code: 2, calls: 0 });
    expect(stderr).toContain('student.temperature: was 0, is now 0.5');
  });

  it('asks the student about the new rows only, and the teacher about what was admitted of them', async () => {
    const known = new Set(there.lines<{ id: string }>('cot.jsonl').map(({ id }) => id));
    there.write('problems.jsonl', rows);
    const calls = await callsOf('run');
    expect(to(calls, '6b_verification').map((call) => call.text)).toEqual(expect.arrayContaining(added.map(textOf)));
    expect(to(calls, '6b_verification')).toHaveLength(added.length);
    const { problems, admitted, states, shortfall } = there.report();
    expect(problems).toBe(rows.length);
    expect(faultsOf(storedStates(there.store, 'again'))).toEqual([]);
    // The target is short of records, so that what is new and fits goes to the teacher: that, and nothing else.
    expect(Object.keys(shortfall)).not.toEqual([]);
    const emitted = there.lines<{ id: string; problem: string }>('cot.jsonl').filter(({ id }) => !known.has(id));
    const rejected = there.lines<{ problem: string }>('rejected.jsonl');
    const asked = to(calls, 'teacher').map((call) => call.text);
    expect(asked.length).toBeLessThanOrEqual(added.length);
    expect(asked.filter((text) => ![...emitted, ...rejected].some(({ problem }) => problem === text))).toEqual([]);
    expect(Object.values(admitted).reduce((sum, one) => sum + one, 0)).toBe(states.emitted + states.rejected);
  });

  it('asks neither student nor scorer for new thresholds, and the teacher only for what the journal lacks', async () => {
    const known = [...there.lines<Line>('cot.jsonl'), ...there.lines<Line>('rejected.jsonl')].map(
      (line) => line.problem,
    );
    const thresholds = ['--set', 'levels.thresholds=[0.1, 0.3, 0.5, 0.7]', '--set', 'output.dir=thresholds'];
    const calls = await callsOf('replay', '--run', 'thresholds', ...thresholds);
    const admitted = [
      ...there.lines<Line>('cot.jsonl', 'thresholds'),
      ...there.lines<Line>('rejected.jsonl', 'thresholds'),
    ];
    const lacking = admitted.map((line) => line.problem).filter((problem) => !known.includes(problem));
    expect(calls.map((call) => `${call.model} ${call.text}`).sort()).toEqual(
      lacking.map((problem) => `teacher ${problem}`).sort(),
    );
    expect(lacking.length).toBeGreaterThan(0);
    expect(there.report('thresholds').levels).not.toEqual(there.report().levels);
  });

  it.each([
    ['student.prompt.maths', 'Please answer {statement}'],
    ['student.temperature', '0.5'],
    ['student.revision', 'second'],
  ])('asks the student anew about everything where %s is another', async (key, value) => {
    const run = key.replaceAll('.', '-');
    const calls = await callsOf('replay', '--run', run, '--set', `${key}=${value}`, '--set', `output.dir=${run}`);
    expect(to(calls, '6b_verification')).toHaveLength(rows.length);
    // Teacher and scorer were not changed: what they said about a text stands, whoever the student is.
    const repeated = server.calls.filter((call) => call.repeat > 0 && call.model !== '6b_verification');
    expect(repeated).toEqual([]);
  });
});

interface Line {
  readonly problem: string;
}

const textOf = ({ question }: { question: string }): string => question;

const configOf = ({ url }: ModelServer) => ({
  run: 'again',
  problems: [{ path: 'problems.jsonl', preset: 'gsm8k' }],
  student: { baseUrl: `${url}/v1`, model: '6b_verification', maxTokens: 1024, prompt: barePrompt },
  scorer: { kind: 'prm', baseUrl: url, model: 'prm' },
  target: { records: 75, admit: 'after-grading', distribution: { easy: 1, level_5: 1, level_3: 2, level_1: 4 } },
  teacher: { baseUrl: `${url}/v1`, model: 'teacher', samples: 1, prompt: barePrompt },
});
