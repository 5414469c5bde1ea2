import { describe, expect, it } from 'vitest';
import { suspectIn } from '../../../flow/quality/suspects.ts';
import type { TeacherAttempt } from '../../../schemas/types.ts';
import { cot, rejected } from '../../datasets/records.ts';

const tried = (extracted: string | null, outcome: TeacherAttempt['outcome'] = 'unverified'): TeacherAttempt => ({
  ...cot().attempts[0]!,
  extracted,
  outcome,
});
const answers = (...given: readonly (string | null)[]) => rejected({ attempts: given.map((one) => tried(one)) });

describe('a reference is suspect where the samples', () => {
  it('agree with each other and not with it', () => {
    expect(suspectIn(answers('36', '$36$', '40', '36'))).toMatchObject({
      reference: '42',
      answer: '36',
      samples: 3,
      of: 4,
      dataset: 'made',
      row: 17,
    });
  });

  it('agree against the one that was verified', () => {
    const record = cot({ attempts: [tried('36'), tried('36'), tried('42', 'verified')] });
    expect(suspectIn(record)).toMatchObject({ answer: '36', samples: 2, of: 3 });
  });
});

describe('a reference is not suspect where the samples', () => {
  it.each([
    ['are but one', ['36']],
    ['differ', ['36', '40', '41']],
    ['agree by half only', ['36', '36', '40', '41']],
    ['say nothing', [null, '', null]],
  ])('%s', (_what, given) => {
    expect(suspectIn(answers(...given))).toBeNull();
  });
});
