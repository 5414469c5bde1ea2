import { RowFault } from '../../../domains/row/row-fault.ts';
import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';

/** GSM8K: the answer stands after `####` under a worked solution, whose calculator marks `<<48/2=24>>` are taken out. */
export const gsm8k: Preset = {
  name: 'gsm8k',
  title: 'GSM8K: question, answer (worked solution, then #### n)',
  verified: true,
  licence: 'MIT',
  domain: 'maths',
  fields: { statement: 'question', answer: 'answer' },
  normalise: (draft) => {
    const worked = text(draft.answer, 'answer');
    const mark = worked.lastIndexOf('####');
    if (mark < 0)
      throw new RowFault('not-checkable', 'answer has no "#### n" at its end; use `fields` for other forms.');
    return {
      ...draft,
      answer: withoutSeparators(worked.slice(mark + 4)),
      solution: withoutMarks(worked.slice(0, mark)),
    };
  },
};

const withoutSeparators = (number: string): string => number.trim().replaceAll(/,(?=\d{3}(?:\D|$))/g, '');

const withoutMarks = (worked: string): string => worked.replaceAll(/<<[^<>\n]*>>/g, '').trim();
