import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWithKills } from '../../helpers/kills/crash-run.ts';
import { billed, paidChat, paidConfig } from '../../helpers/kills/paid-run.ts';
import { type Call, type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { plainSums } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const problems = 90;
const records = 45;
/** 45 over 2 : 1 and 1 : 2 comes out even. */
const quotas = { first: { easy: 10, level_1: 20 }, second: { easy: 5, level_1: 10 } };

/** The data set that a call is about: the numbers of the second begin behind the first's. */
const partOf = ({ text }: Call): 'first' | 'second' => (Number(/\d+/.exec(text)?.[0]) < problems ? 'first' : 'second');

/** A teacher that fails on a fixed sixth of the problems: places are filled by those that come after. */
const isHopeless = ({ model, text }: Call): boolean => model === 'teacher' && hashShare(`teacher ${text}`) < 1 / 6;
const chat = (call: Call) =>
  isHopeless(call) ? { ...paidChat(call), content: 'It is \\boxed{nothing}.' } : paidChat(call);

describe('a mixture whose parts have budgets', { timeout: 300_000 }, () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await modelServer({ chat, score: ({ steps }) => steps.map(() => 0.1), latency: () => 20 });
  });
  afterEach(() => server.close());

  const configOf = (parts?: object) => ({
    ...paidConfig(server, {
      concurrency: 8,
      target: { records, distribution: { easy: 1, level_1: 2 }, by: { source: { first: 2, second: 1 } } },
      budget: { cost: 100, ...(parts && { parts }) },
    }),
    problems: [
      { path: 'first.jsonl', dataset: 'first' },
      { path: 'second.jsonl', dataset: 'second' },
    ],
  });
  const prepared = (parts?: object): Place => {
    const there = place(configOf(parts));
    there.write('first.jsonl', plainSums(problems));
    there.write('second.jsonl', plainSums(problems, problems));
    return there;
  };
  const cellsOf = (there: Place) => {
    const found: Record<string, Record<string, number>> = {};
    for (const { source, level } of there.lines<{ source: { dataset: string }; level: string }>('cot.jsonl')) {
      const part = found[source.dataset] ?? {};
      found[source.dataset] = { ...part, [level]: (part[level] ?? 0) + 1 };
    }
    return found;
  };
  const linesOf = (there: Place) =>
    there
      .lines<object>('cot.jsonl')
      .map((line) => JSON.stringify(line))
      .sort();
  const taught = (part: string) => server.calls.filter((call) => call.model === 'teacher' && partOf(call) === part);

  it('is killed again and again, and holds its crossed quotas, with nothing twice', async () => {
    const [whole, broken] = [prepared(), prepared()];
    try {
      const ended = await whole.runHere('run');
      expect(ended.code, ended.stderr).toBe(0);
      expect(cellsOf(whole)).toEqual(quotas);
      server.reset();
      const moments = [
        { stage: 'grade', reached: ({ different }: ModelServer) => different('student') >= 100 },
        { stage: 'generate', reached: ({ different }: ModelServer) => different('teacher') >= 15 },
      ];
      const { kills, last } = await runWithKills(broken, server, moments);
      expect(kills).toHaveLength(2);
      expect(last.code, last.stderr).toBe(0);
      expect(cellsOf(broken)).toEqual(quotas);
      expect(linesOf(broken)).toEqual(linesOf(whole));
      expect(faultsOf(storedStates(broken.store, 'budget'))).toEqual([]);
      expect(broken.report()).toMatchObject({
        stopped: 'target',
        shortfall: {},
        states: { emitted: records, dead: 0 },
      });
    } finally {
      whole.remove();
      broken.remove();
    }
  });

  it('closes the part whose money ends, over a kill too, while the other is filled; a higher ceiling goes on', async () => {
    // About half of what the first part takes.
    const ceiling = 0.03;
    const there = prepared({ first: { cost: ceiling } });
    try {
      const { kills, last } = await runWithKills(there, server, [
        { stage: 'generate', reached: ({ different }: ModelServer) => different('teacher') >= 10 },
      ]);
      expect(kills).toHaveLength(1);
      expect(last.code, last.stderr).toBe(3);
      const spent = billed(taught('first'));
      expect(spent).toBeLessThanOrEqual(ceiling);
      expect(spent).toBeGreaterThan(ceiling / 3);
      expect(cellsOf(there).second).toEqual(quotas.second);
      const { stopped, quality, parts } = there.report();
      expect(stopped).toBe('budget');
      expect(parts?.first?.emitted).toBeLessThan(30);
      expect(JSON.stringify(quality)).toContain(
        'since the money of its part has ended: a higher ceiling under budget.parts',
      );
      const parked = JSON.parse((await there.runHere('status', '--json')).stdout);
      expect(parked.states).toMatchObject({ teaching: 0, dead: 0 });

      const before = taught('second').length;
      there.configure(configOf({ first: { cost: 10 } }));
      const higher = await there.runHere('run');
      expect(higher.code, higher.stderr).toBe(0);
      expect(cellsOf(there)).toEqual(quotas);
      expect(taught('second')).toHaveLength(before);
      expect(faultsOf(storedStates(there.store, 'budget'))).toEqual([]);
    } finally {
      there.remove();
    }
  });

  it.each([
    ['a part that the target does not know', { frist: { cost: 1 } }, 'did you mean "first"?'],
    ['a part of a target that has none', { first: { cost: 1 } }, 'name them under target.by'],
  ])('refuses a ceiling for %s', async (_, parts, message) => {
    const there = prepared();
    const { target, ...rest } = configOf(parts);
    there.configure({ ...rest, target: 'first' in parts ? { records } : target });
    try {
      expect(await there.runHere('run')).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    } finally {
      there.remove();
    }
  });
});
