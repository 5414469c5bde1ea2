import { createHash } from 'node:crypto';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { text } from '../../../domains/row/text.ts';

/**
 * A right choice and wrong ones that stand apart in the file, as choices with a letter: their order hangs on the
 * question alone, so that each reading of the file, and each subset, gives the same letters.
 */
export const shuffledChoices = (
  question: unknown,
  right: unknown,
  wrong: readonly unknown[],
  columns: { readonly question: string; readonly right: string; readonly wrong: string },
): { choices: readonly string[]; answer: string } => {
  const answer = text(right, columns.right).trim();
  const all = [answer, ...wrong.map((one) => text(one, columns.wrong).trim())];
  if (all.lastIndexOf(answer) > 0)
    throw new RowFault('not-checkable', `${columns.right} is one of the incorrect ones too; mend the row.`);
  const seed = text(question, columns.question).trim();
  const order = (choice: string) =>
    createHash('sha256')
      .update(JSON.stringify([seed, choice]))
      .digest('hex');
  const choices = all
    .map((choice) => ({ choice, order: order(choice) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ choice }) => choice);
  return { choices, answer: 'ABCDEFGHIJ'[choices.indexOf(answer)] ?? '' };
};
