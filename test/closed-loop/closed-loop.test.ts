import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { experiment } from '../../examples/closed-loop/experiment.ts';
import { short } from '../../examples/closed-loop/sizes.ts';
import { readRows } from '../helpers/real-data.ts';

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** One arm, one seed: real answers of a student from scratch, real training by TRL. What it gains is not promised, only that it does. */
it('a student is better for being trained on what Sluice let through for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-closed-loop-test-'));
  try {
    const { base, levels, trained } = await experiment(folder, short, console.log);
    expect(base.problems).toBe(short.heldOut);
    expect(total(levels.student!.levels)).toBe(short.evaluation);
    expect(Object.values(levels.student!.levels).filter((count) => count > 0).length).toBeGreaterThan(3);

    const [own] = trained;
    expect(trained).toHaveLength(1);
    expect(total(own!.emitted)).toBe(short.records);
    const set = join(folder, 'sets', 'own-1-round-1', 'data');
    const records = readdirSync(set).flatMap((file) => readRows<{ prompt: { content: string }[] }>(join(set, file)));
    expect(records).toHaveLength(short.records);
    const heldOut = new Set(
      readRows<{ statement: string }>(join(folder, 'held-out.jsonl')).map((row) => row.statement),
    );
    expect(records.filter(({ prompt }) => heldOut.has(prompt[0]!.content))).toEqual([]);

    expect(own!.heldOut.problems).toBe(short.heldOut);
    expect(own!.heldOut.right).toBeGreaterThan(base.right);
    expect(own!.heldOut.against!.p).toBeLessThan(0.05);
    const weights = (model: string) => readFileSync(join(folder, model, 'model.safetensors'));
    expect(weights('models/own-1-round-1').equals(weights('student'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
