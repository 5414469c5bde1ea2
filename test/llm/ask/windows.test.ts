import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowed } from '../../../llm/ask/windows.ts';
import type { ScoreRequest, StepScorer } from '../../../llm/port.ts';

const never = new AbortController().signal;
const requestOf = (steps: readonly string[], statement = 'S'): ScoreRequest => ({
  problem: 'p',
  statement,
  steps,
  reference: '',
  sample: 0,
});

/** Scores a step by its text alone, and keeps what it was asked. */
const recording = () => {
  const asked: (readonly string[])[] = [];
  const scorer: StepScorer = async ({ steps }) => {
    asked.push(steps);
    const scores = steps.map((step) => (step.includes('x') ? 0.1 : 0.9));
    return { scores, usage: { promptTokens: steps.length, completionTokens: 0 }, journaled: false, simulated: false };
  };
  return { asked, scorer };
};

const bytes = (steps: readonly string[]) => steps.reduce((sum, step) => sum + Buffer.byteLength(step), 0);

describe('a trajectory in windows', () => {
  it('is one request, as it is, where it fits', async () => {
    const { asked, scorer } = recording();
    const steps = ['a', 'b', 'cx'];
    const { scores } = await windowed(scorer, 4096)(requestOf(steps), never);
    expect(asked).toEqual([steps]);
    expect(scores).toEqual([0.9, 0.9, 0.1]);
  });

  it('is several where it does not, each with some steps before it as context', async () => {
    const { asked, scorer } = recording();
    const steps = Array.from({ length: 40 }, (_none, index) => `${index} `.padEnd(200, index % 7 === 0 ? 'x' : '.'));
    const { scores, usage } = await windowed(scorer, 1000)(requestOf(steps), never);
    expect(scores).toEqual(steps.map((_step, index) => (index % 7 === 0 ? 0.1 : 0.9)));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked[1]!.some((step) => asked[0]!.includes(step))).toBe(true);
    expect(usage.promptTokens).toBe(asked.flat().length);
  });

  it('scores a step that is longer than a window in pieces, by the worst of them', async () => {
    const { asked, scorer } = recording();
    const long = `${'fine '.repeat(2000)}x${' fine'.repeat(2000)}`;
    const { scores } = await windowed(scorer, 1000)(requestOf(['a', long, 'b']), never);
    expect(scores).toEqual([0.9, 0.1, 0.9]);
    expect(Math.max(...asked.map(bytes))).toBeLessThanOrEqual(2 * 1000);
  });

  it('is refused where the statement alone fills the window', async () => {
    const { scorer } = recording();
    const scored = windowed(scorer, 1000)(requestOf(['a'], 'long '.repeat(1000)), never);
    await expect(scored).rejects.toMatchObject({ code: 'request-too-large', disposition: 'dead-letter' });
  });

  it('says that it came from the journal only where all of it did', async () => {
    let number = 0;
    const { scorer } = recording();
    const half: StepScorer = async (request, signal) => ({
      ...(await scorer(request, signal)),
      journaled: number++ > 0,
    });
    const steps = Array.from({ length: 20 }, () => '.'.repeat(300));
    expect((await windowed(half, 1000)(requestOf(steps), never)).journaled).toBe(false);
    expect((await windowed(half, 1000)(requestOf(steps), never)).journaled).toBe(true);
  });

  it('loses no step, cuts nothing off and stays within the window, whatever the steps', async () => {
    const step = fc
      .array(fc.constantFrom('a', 'xx', ' ', 'é', '🙂', 'word '), { minLength: 1, maxLength: 300 })
      .map((parts) => parts.join(''))
      .filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 250, max: 900 }),
        async (steps, tokens) => {
          const { asked, scorer } = recording();
          const { scores } = await windowed(scorer, tokens)(requestOf(steps), never);
          expect(scores).toEqual(steps.map((one) => (one.includes('x') ? 0.1 : 0.9)));
          for (const window of asked) expect(bytes(window)).toBeLessThanOrEqual(2 * tokens);
          const sent = new Set(asked.flat().join('').replaceAll(/\s/g, ''));
          for (const letter of steps.join('').replaceAll(/\s/g, '')) expect(sent.has(letter)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
