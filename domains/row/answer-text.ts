import { unpacked } from './json-text.ts';
import { RowFault } from './row-fault.ts';
import { text } from './text.ts';

/** A row's answer as text. It may stand alone in a list, which may be JSON text: `["4"]`. Throws a RowFault else. */
export const answerText = (answer: unknown): string => {
  const list = typeof answer === 'string' && answer.startsWith('["') ? unpacked(answer) : answer;
  if (!Array.isArray(list)) return text(answer, 'answer');
  if (list.length === 1) return text(list[0], 'answer');
  throw new RowFault('wrong-type', `answer is a list of ${list.length}; one text is wanted.`);
};
