import { RowFault } from '../../../domains/row/row-fault.ts';
import { isThere, softText } from '../../../domains/row/soft-text.ts';
import { testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';
import { answerInBox } from '../values/boxed.ts';
import { withStarterCode } from '../values/statements.ts';

/**
 * OpenThoughts with its columns of origin (the subset `metadata`): the subset of conversations alone has nothing that
 * an answer could be checked against.
 */
export const openThoughts: Preset = {
  name: 'open-thoughts',
  title: 'OpenThoughts-114k, subset metadata: problem, ground_truth_solution (boxed) or test_cases, domain',
  verified: false,
  licence: 'Apache-2.0',
  domain: null,
  fields: { statement: 'problem', solution: 'ground_truth_solution', tests: 'test_cases', subject: 'domain' },
  omit: ['deepseek_reasoning', 'deepseek_solution', 'conversations'],
  recorded: { response: ['deepseek_solution', 'conversations'], reasoning: 'deepseek_reasoning' },
  normalise: (draft, row) => {
    if (isThere(draft.tests))
      return {
        ...draft,
        statement: withStarterCode(draft.statement, row.starter_code),
        domain: 'code',
        tests: testsOf(draft.tests),
      };
    const answer = answerInBox(softText(draft.solution) ?? '');
    if (answer === null)
      throw new RowFault(
        'not-checkable',
        'ground_truth_solution holds no \\boxed{} answer, and there are no test_cases.',
      );
    return { ...draft, domain: 'maths', answer };
  },
};
