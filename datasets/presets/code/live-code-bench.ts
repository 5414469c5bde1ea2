import { inflateSync } from 'node:zlib';
import { parseJson, unpacked } from '../../../domains/row/json-text.ts';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { joinedCases, testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';
import { readPickle } from '../values/pickle.ts';
import { withStarterCode } from '../values/statements.ts';

const maxTestBytes = 64 * 1024 * 1024;

/** LiveCodeBench: the private tests are JSON in a pickle, compressed, in base64; the pickle is read, not run. */
export const liveCodeBench: Preset = {
  name: 'live-code-bench',
  title: 'LiveCodeBench: question_content, public_test_cases, private_test_cases (packed), metadata.func_name',
  verified: false,
  licence: null,
  domain: 'code',
  fields: {
    statement: 'question_content',
    tests: 'public_test_cases',
    id: 'question_id',
    level: 'difficulty',
    subject: 'platform',
  },
  normalise: (draft, row) => {
    const name = (unpacked(row.metadata) as { func_name?: unknown } | null)?.func_name;
    const cases = joinedCases(draft.tests, opened(row.private_test_cases));
    return {
      ...draft,
      statement: withStarterCode(draft.statement, row.starter_code),
      tests: testsOf(cases, typeof name === 'string' && name !== '' ? name : null),
    };
  },
};

const opened = (packed: unknown): unknown => {
  if (typeof packed !== 'string' || packed === '' || packed.startsWith('[')) return packed;
  try {
    const pickled = inflateSync(Buffer.from(packed, 'base64'), { maxOutputLength: maxTestBytes });
    const found = readPickle(pickled);
    return typeof found === 'string' ? parseJson(found) : found;
  } catch (error) {
    throw new RowFault('tests-not-understood', `private_test_cases cannot be opened: ${(error as Error).message}.`);
  }
};
