import { z } from 'zod';
import { verifyChoice } from '../../verifiers/choice.ts';
import { type Draft, emptyBody, kind } from '../port.ts';
import { answerOf } from '../reference.ts';
import { RowFault } from '../row/row-fault.ts';
import { text, texts } from '../row/text.ts';

const settings = z.strictObject({ kind: z.literal('choice') });

/** An answer that is the letter of one of several choices. */
export const choice = kind('choice', settings, (name) => ({
  name,
  read: readChoice,
  prompt: `{statement}\n\n{choices}\n\nPlease reason step by step, and put the letter of your choice within \\boxed{}.`,
  reference: (problem) => ({ domain: 'choice', answer: answerOf(problem), choices: problem.choices }),
  hasTests: false,
  open: () => ({ verify: async (task) => verifyChoice(task), close: async () => {} }),
}));

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const readChoice = (draft: Draft) => {
  const choices = texts(draft.choices, 'choices');
  if (choices.length < 2 || choices.length > letters.length)
    throw new RowFault('wrong-type', `choices has ${choices.length} entries; 2 to ${letters.length} are wanted.`);
  const answer = text(draft.answer, 'answer').trim();
  if (typeof draft.answer === 'number' && choices[draft.answer] !== undefined && choices[draft.answer] !== answer)
    throw new RowFault(
      'choice-not-among-choices',
      `answer is the number ${answer}: as a place it means "${choices[draft.answer]?.slice(0, 40)}"; a letter, or the text of a choice, is wanted.`,
    );
  return { ...emptyBody, choices, answer: letterOf(answer, choices) };
};

/** The answer as a letter: `B`, `b`, `(B)`, `B.`, or the text of one of the choices. */
const letterOf = (answer: string, choices: readonly string[]): string => {
  const letter = /^\(?([A-Za-z])[).:]?$/.exec(answer)?.[1]?.toUpperCase();
  if (letter && letters.indexOf(letter) < choices.length) return letter;
  const index = choices.findIndex((choice) => choice.trim() === answer);
  if (index >= 0) return letters[index]!;
  const last = letters[choices.length - 1];
  throw new RowFault(
    'choice-not-among-choices',
    `answer is "${answer.slice(0, 40)}"; a letter from A to ${last}, or the text of a choice, is wanted.`,
  );
};
