import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moment, runWithKills, sentAgain } from '../../helpers/kills/crash-run.ts';
import { isLong } from '../../helpers/long.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, recordedServer } from '../../helpers/models/recorded-students.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const size = isLong ? 1 : 0.5;
const problems = 600 * size;
const concurrency = 32;
const written = ({ folder }: Place): boolean => {
  const found = statSync(join(folder, 'out', 'cot.jsonl'), { throwIfNoEntry: false });
  return found !== undefined && found.size > 1000;
};

const after =
  (model: string, calls: number): Moment['reached'] =>
  (server) =>
    server.different(model) >= calls * size;

/** Each stage at work, while requests are open: sample as the first are let through, export as lines are written. */
const moments: readonly Moment[] = [
  { stage: 'grade', reached: after('6b_verification', 20) },
  { stage: 'grade', reached: after('6b_verification', 200) },
  { stage: 'score', reached: after('prm', 150) },
  { stage: 'grade', reached: after('6b_verification', 550) },
  { stage: 'sample', reached: after('teacher', 1) },
  { stage: 'generate', reached: after('teacher', 60) },
  { stage: 'export', reached: (server, there) => server.different('teacher') >= 90 * size && written(there) },
  { stage: 'generate', reached: after('teacher', 140) },
  { stage: 'export', reached: (server, there) => server.different('teacher') >= 190 * size && written(there) },
  { stage: 'generate', reached: after('teacher', 230) },
];

describe.skipIf(!haveData)('a run that is killed again and again', { timeout: 300_000 }, () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await recordedServer({ failing: 0.05, latency: ({ number }) => 20 + ((number * 37) % 60) });
  });
  afterAll(() => server.close());

  it('gives the same records, each problem in one state, and pays for no answer twice', async () => {
    const whole = prepared(server);
    const broken = prepared(server);
    try {
      const ended = await whole.run('run');
      expect(ended.code, ended.stderr).toBe(0);
      const needed = server.calls.length;
      server.reset();

      const { kills, last, halfLines } = await runWithKills(broken, server, moments);
      const again = sentAgain(kills, server.calls);
      expect(last.code, last.stderr).toBe(0);
      expect(kills).toHaveLength(moments.length);
      expect(kills.every(({ open }) => open > 0)).toBe(true);
      expect(idsOf(broken)).toEqual(idsOf(whole));
      expect(broken.report().emitted).toEqual(whole.report().emitted);
      expect(broken.report().states).toEqual(whole.report().states);
      expect(faultsOf(storedStates(broken.store, 'crash'))).toEqual([]);
      expect(halfLines).toEqual([]);
      expect(server.calls.length - needed).toBe(again.requests);
      expect(again.requests).toBeGreaterThan(0);
      expect(again.requests).toBeLessThanOrEqual(again.allowed);
      // Whatever the machine's delays: no more than each of the three endpoints can have had in hand at each kill.
      expect(again.requests).toBeLessThanOrEqual(kills.length * 3 * concurrency);
    } finally {
      whole.remove();
      broken.remove();
    }
  });
});

const idsOf = (there: Place): string[] =>
  there
    .lines<{ id: string }>('cot.jsonl')
    .map(({ id }) => id)
    .sort();

const prepared = ({ url }: ModelServer): Place => {
  const there = place({
    run: 'crash',
    problems: [{ path: 'problems.jsonl', preset: 'gsm8k' }],
    student: { baseUrl: `${url}/v1`, model: '6b_verification', maxTokens: 1024, concurrency, prompt: barePrompt },
    scorer: { kind: 'prm', baseUrl: url, model: 'prm', concurrency },
    target: { records: 250 * size, admit: 'after-grading' },
    teacher: { baseUrl: `${url}/v1`, model: 'teacher', samples: 1, concurrency, prompt: barePrompt },
  });
  there.write('problems.jsonl', dataRows<object>('gsm8k/test.jsonl').slice(0, problems));
  return there;
};
