import { expect, it } from 'vitest';
import { level } from '../../processors/level.ts';
import { score } from '../../processors/score.ts';
import type { Graded, Levelled } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { fakeCapabilities, fakeModel, problem, wrongGrade } from '../helpers/flow.ts';

it('keeps what a student wrote on graded alone: levelled is small whatever the texts are', async () => {
  const statement = 'What is 6 times 7?';
  const long = 'A line that a student thinks and writes down.\n\n'.repeat(1400);
  const judged: Graded = {
    problem: { ...problem('p'), statement },
    grade: wrongGrade('s'),
    messages: [{ role: 'user', content: statement }],
    attempts: [
      {
        sample: 0,
        reasoning: long,
        answer: 'It is \\boxed{41}.',
        finish: 'stop',
        verdict: 'wrong',
        reason: '41 is not 42',
        extracted: '41',
        found: 'boxed',
        passedShare: null,
        promptTokens: 20,
        completionTokens: 16_000,
      },
    ],
    simulated: false,
  };
  const never = new AbortController().signal;
  const { score: marks } = fakeCapabilities(fakeModel(() => '').model, fakeModel(() => '').model);
  const { scored } = await score(marks)(judged, never);
  const { levelled } = await level(async () => ({ by: 'score', thresholds: [0.2, 0.4, 0.6, 0.8] }))(scored);
  expect(topics.graded.codec.encode(judged).length).toBeGreaterThan(64 * 1024);
  expect(topics.levelled.codec.encode(levelled).length).toBeLessThan(4096 + statement.length);
});

it('lets through whatever can be levelled: the run would stop at a record that cannot be admitted', () => {
  const levelled: Levelled = {
    problem: problem('p'),
    grade: wrongGrade('s'),
    score: null,
    level: 'level_1',
    simulated: false,
  };
  const admitted = { ...levelled, admission: 2 ** 52, ahead: true };
  const growth = topics.admitted.codec.encode(admitted).length - topics.levelled.codec.encode(levelled).length;
  expect(topics.admitted.maxRecordBytes - topics.levelled.maxRecordBytes).toBeGreaterThanOrEqual(growth);
});
