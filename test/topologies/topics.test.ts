import { expect, it } from 'vitest';
import type { Levelled } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { problem } from '../helpers/flow.ts';

it('lets through whatever can be levelled: the run would stop at a record that cannot be admitted', () => {
  const graded = { problem: problem('p'), student: 's', verdict: 'wrong', attempts: [], simulated: false } as const;
  const levelled: Levelled = { scored: { graded, scores: [], score: null }, level: 'level_1', passRate: 0 };
  const admitted = { levelled, admission: 2 ** 52 };
  const growth = topics.admitted.codec.encode(admitted).length - topics.levelled.codec.encode(levelled).length;
  expect(topics.admitted.maxRecordBytes - topics.levelled.maxRecordBytes).toBeGreaterThanOrEqual(growth);
});
