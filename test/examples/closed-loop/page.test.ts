import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writePage } from '../../../examples/closed-loop/page.ts';
import type { Evaluation, Results, Trained } from '../../../examples/closed-loop/results.ts';

/** 100 problems, half of them of each of two families and lengths. */
const evaluation = (right: number): Evaluation => ({
  ...{ problems: 100, right, passAt1: right / 100, interval: [0, 1] },
  levels: { easy: right, level_5: 100 - right, level_4: 0, level_3: 0, level_2: 0, level_1: 0 },
  bySubject: { max: { problems: 50, passAt1: (right - 10) / 50 }, sum: { problems: 50, passAt1: 0.2 } },
  bySourceLevel: { 10: { problems: 50, passAt1: 0.2 }, 9: { problems: 50, passAt1: (right - 10) / 50 } },
});

const trained = (arm: string, round: number, rights: readonly number[]): Trained[] =>
  rights.map((right, place) => ({ arm, seed: place + 1, round, emitted: { easy: 4 }, heldOut: evaluation(right) }));

const results: Results = {
  ...{ size: 'whole', commit: 'abc1234', minutes: 12.5, larger: null },
  student: { weights: 1234567, steps: 300, short: 4, solved: {} },
  levels: { student: evaluation(40) },
  base: evaluation(20),
  trained: [
    ...trained('own', 1, [42, 44, 46]),
    ...trained('natural', 1, [40, 41, 42]),
    ...trained('own', 2, [52, 54, 56]),
    ...trained('natural', 2, [50, 50, 50]),
  ],
};

describe('the page of the closed loop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-page-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what the run has found, between its marks', async () => {
    const page = join(folder, 'loop.md');
    writeFileSync(page, 'Before.\n<!-- made by the run: begin -->\nold\n<!-- made by the run: end -->\nAfter.\n');
    await writePage(results, page);
    const text = readFileSync(page, 'utf8');
    expect(text).toMatch(/^Before\.\n/);
    expect(text).toMatch(/\nAfter\.\n$/);
    expect(text).not.toContain('old');
    expect(text).toContain('12 trainings, 3 seeds an arm');
    // 44 % of 100 against 20 %, and 3 points above the control's mean, whose seeds are 2, 3 and 4 points lower.
    expect(text).toMatch(
      /\| `own` \|.*\| 44\.0 % \(39\.0 % to 49\.0 %\) \| \+24\.0 \(.*\) \| \+3\.0 \(.*\) \| 0\.250 \|/,
    );
    expect(text).toMatch(/\| `own` \| 54\.0 % .*\+10\.0 \(\+10\.0 to \+10\.0\).*0\.250/);
    // Lengths by number, and the untrained student beside the arms.
    expect(text).toContain('| arm | 9 | 10 |\n| --- | --- | --- |\n| `untrained` | 20.0 % | 20.0 % |');
    for (const [picture] of text.matchAll(/(?<=\()closed-loop\/\w+\.svg(?=\))/g))
      expect(existsSync(join(folder, picture.replace('closed-loop', 'loop'))), picture).toBe(true);
  });

  it('is not touched where it has no marks', async () => {
    const page = join(folder, 'other.md');
    writeFileSync(page, 'Nothing.\n');
    await expect(writePage(results, page)).rejects.toThrow('has no marks');
    expect(readFileSync(page, 'utf8')).toBe('Nothing.\n');
  });
});
