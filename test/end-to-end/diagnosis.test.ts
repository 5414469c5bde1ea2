import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labels } from '../../examples/diagnosis/faults.ts';
import { networkCase, networkRows } from '../../examples/diagnosis/network.ts';
import { diagnose } from '../../examples/diagnosis/run.ts';
import { apportion } from '../../processors/sampling/apportion.ts';
import { curriculumWeights } from '../../processors/sampling/target.ts';
import { faultsOf, storedStates } from '../helpers/oracles/stored-states.ts';
import { readRows } from '../helpers/real-data.ts';

interface Line {
  readonly id: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly level: string;
  readonly reference: string;
  readonly answer: string;
  readonly simulated: boolean;
}

describe('the cases of the example', () => {
  it('are the same every time, each with one fault of the list, and the harder the fewer clues', () => {
    expect(networkRows(20)).toEqual(networkRows(20));
    const cases = Array.from({ length: 500 }, (_, number) => networkCase(number));
    expect(new Set(cases.map(({ answer }) => answer))).toEqual(new Set(labels));
    for (const { statement, clues, answer } of cases) {
      expect(clues.length, answer).toBeGreaterThan(0);
      for (const clue of clues) expect(statement).toContain(clue);
    }
    const mean = (hardness: number, of: 'clues' | 'distractors') => {
      const own = cases.filter((one) => one.hardness === hardness);
      return own.reduce((sum, one) => sum + one[of].length, 0) / own.length;
    };
    for (const hardness of [1, 2, 3, 4]) {
      expect(mean(hardness, 'clues')).toBeLessThanOrEqual(mean(hardness - 1, 'clues') + 0.2);
      expect(mean(hardness, 'distractors')).toBeGreaterThan(mean(hardness - 1, 'distractors'));
    }
  });
});

describe('the example of diagnosis', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-diagnosis-'));
  let ended: Awaited<ReturnType<typeof diagnose>>;
  beforeAll(async () => {
    ended = await diagnose(folder, 300);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const lines = () => readRows<Line>(join(folder, 'out', 'cot.jsonl'));

  it('levels every case, fills the quotas of the target, and has each in one state', () => {
    const { report } = ended;
    expect(report.stopped).toBe('target');
    expect(report.problems).toBe(300);
    expect(report.states).toMatchObject({ emitted: 120, dead: 0, unread: 0 });
    expect(Object.values(report.levels).every((count) => count > 0)).toBe(true);
    const quotas = apportion(120, Object.entries(curriculumWeights));
    if (Object.keys(report.shortfall).length === 0) expect(report.emitted).toEqual(Object.fromEntries(quotas));
    expect(faultsOf(storedStates(join(folder, 'store', 'sluice.db'), 'diagnosis'))).toEqual([]);
  });

  it('emits what is verified, and nothing else', () => {
    const all = lines();
    expect(all).toHaveLength(120);
    for (const { id, messages, reference, answer, simulated } of all) {
      expect(labels).toContain(reference);
      expect(answer, id).toContain(`\\boxed{${reference}}`);
      expect(networkCase(Number(/Case (\d+)\./.exec(messages[0]?.content ?? '')?.[1])).answer).toBe(reference);
      expect(messages.at(-1)?.content).toMatch(/^<think>\n[\s\S]+\n<\/think>\n\n[\s\S]+\\boxed\{/);
      expect(simulated).toBe(true);
    }
  });

  it('exports what a trainer loads', () => {
    const shard = readFileSync(join(folder, 'trl', 'data', 'train-00000.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(ended.exported).toBe(shard.length);
    expect(shard).toHaveLength(120);
    for (const row of shard.map((line) => JSON.parse(line) as Line))
      expect(row.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });
});
