import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Own, type RunSettings, run, SettingsError } from '../../../index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-thresholds-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = (run: string): RunSettings => ({
  run,
  problems: [{ path: 'rows.jsonl' }],
  levels: { thresholds: 'quantiles', from: 'run' },
  target: { distribution: 'natural' },
  transport: { kind: 'embedded', path: 'store' },
  output: { dir: run },
});

const write = (count: number) =>
  writeFileSync(
    join(folder, 'rows.jsonl'),
    Array.from({ length: count }, (_, index) => JSON.stringify({ statement: `Say ${index}.`, answer: '1' })).join('\n'),
  );

/** A judge whose scores lie close together: by the plain thresholds they are of two levels. */
const models = (scoreOf: (number: number) => number): Own => ({
  folder,
  models: {
    student: async ({ messages }) => `\\boxed{0} ${messages.at(-1)?.content}`,
    scorer: async ({ steps }) => steps.map((step) => scoreOf(Number(/\d+(?=\.\n|\.$|\. )/.exec(step)?.[0] ?? 0))),
    teacher: async () => ({ reasoning: 'so', answer: '\\boxed{1}' }),
  },
});

describe('thresholds of the run’s own scores', () => {
  it('fill five levels, whatever the judge, and stay as they are', async () => {
    write(50);
    const own = models((number) => 0.54 + number * 0.004);
    const report = await run(settings('close'), own);
    expect(report.levels).toEqual({ easy: 0, level_5: 10, level_4: 10, level_3: 10, level_2: 10, level_1: 10 });
    expect(report.quality.findings.map(({ code }) => code)).not.toContain('few-levels');
    // What is added later is levelled by the same bounds.
    write(60);
    expect((await run(settings('close'), own)).levels).toMatchObject({ level_5: 20, level_1: 10 });
  });

  it('are refused where too few scores differ', async () => {
    write(30);
    await expect(
      run(
        settings('flat'),
        models(() => 0.5),
      ),
    ).rejects.toThrow(SettingsError);
    await expect(
      run(
        settings('flat'),
        models(() => 0.5),
      ),
    ).rejects.toThrow('fewer than five differ');
  });
});
