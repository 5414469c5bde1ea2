import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';
import { lastQuestion } from '../values/statements.ts';

const before = 'Solve the following math problem step by step.';
const after = 'Remember to put your answer on its own line after "Answer:"';

/** DAPO-Math: each problem stands there a hundred times, wrapped in a prompt of its own, which is taken off. */
export const dapoMath: Preset = {
  name: 'dapo-math',
  title: 'DAPO-Math-17k: prompt (wrapped), reward_model.ground_truth; repeated rows are read once',
  verified: false,
  licence: 'Apache-2.0',
  domain: 'maths',
  fields: {
    statement: 'prompt',
    answer: ['reward_model.ground_truth', 'solution', 'answer'],
    id: 'extra_info.index',
    subject: 'ability',
  },
  omit: ['source_prompt', 'data_source'],
  repeats: 'read-once',
  normalise: (draft) => ({ ...draft, statement: unwrapped(text(lastQuestion(draft.statement), 'prompt')) }),
};

const unwrapped = (prompt: string): string => {
  const text = prompt.trim();
  // The whole first line is the wrapping's, and all that follows the reminder.
  const start = text.startsWith(before) ? text.indexOf('\n') + 1 : 0;
  const end = text.lastIndexOf(after);
  return text.slice(start, end > start ? end : text.length).trim();
};
