import { z } from 'zod';
import type { Problem } from '../../schemas/types.ts';
import { findChoice } from '../../verifiers/choice/find-choice.ts';
import { verifyChoice } from '../../verifiers/choice.ts';
import type { Convention } from '../../verifiers/port.ts';
import { judgedApart, votedApart } from '../apart.ts';
import { builtIn, type Draft, emptyBody, kind } from '../port.ts';
import { answerOf } from '../reference.ts';
import { answerText } from '../row/answer-text.ts';
import { RowFault } from '../row/row-fault.ts';
import { texts } from '../row/text.ts';

const settings = z.strictObject({ kind: z.literal('choice') });

/** An answer that is the letter of one of several choices. */
export const choice = builtIn(
  judgedApart(
    votedApart(
      kind('choice', settings, (name) => ({
        name,
        read: readChoice,
        prompt: `{statement}\n\n{choices}\n\nPlease reason step by step, and put the letter of your choice within \\boxed{}.`,
        reference: (problem) => ({ domain: 'choice', answer: answerOf(problem), choices: problem.choices }),
        voting: { read: (draft) => ({ ...emptyBody, choices: choicesOf(draft) }), answer: chosenIn },
        hasTests: false,
        open: () => ({ verify: async (task) => verifyChoice(task), close: async () => {} }),
      })),
    ),
  ),
);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const readChoice = (draft: Draft) => {
  const choices = choicesOf(draft);
  return { ...emptyBody, choices, answer: letterOf(draft.answer, choices) };
};

const choicesOf = (draft: Draft): readonly string[] => {
  const choices = texts(draft.choices, 'choices');
  if (choices.length >= 2 && choices.length <= letters.length) return choices;
  throw new RowFault('wrong-type', `choices has ${choices.length} entries; 2 to ${letters.length} are wanted.`);
};

const chosenIn = ({ choices }: Problem, response: string, accept: readonly Convention[]): string | null => {
  const { letters: chosen } = findChoice(response, choices, accept);
  return chosen.length === 1 ? (chosen[0] ?? null) : null;
};

/** The answer as a letter: `B`, `b`, `(B)`, `B.`, or the text of one of the choices. */
const letterOf = (found: unknown, choices: readonly string[]): string => {
  const answer = answerText(found).trim();
  const letter = /^\(?([A-Za-z])[).:]?$/.exec(answer)?.[1]?.toUpperCase();
  if (letter && letters.indexOf(letter) < choices.length) return letter;
  const index = choices.findIndex((choice) => choice.trim() === answer);
  checkPlace(found, answer, index, choices);
  if (index >= 0) return letters[index]!;
  const last = letters[choices.length - 1];
  throw new RowFault(
    'choice-not-among-choices',
    `answer is "${answer.slice(0, 40)}"; a letter from A to ${last}, or the text of a choice, is wanted.`,
  );
};

/** A number may be a place, counted from 0 or from 1: only a preset that knows the data set can tell. */
const checkPlace = (found: unknown, answer: string, index: number, choices: readonly string[]): void => {
  const isNumber = typeof found === 'number' || typeof found === 'bigint';
  if (!/^\d{1,2}$/.test(answer) || (!isNumber && index >= 0)) return;
  const places = [Number(answer), Number(answer) - 1].filter((place) => place >= 0 && place < choices.length);
  if (places.every((place) => place === index)) return;
  throw new RowFault(
    'choice-not-among-choices',
    `answer is the number ${answer}, perhaps a place, counted from 0 or from 1; write a letter or the text of a choice, or use a preset that counts so (\`mmlu\` counts from 0).`,
  );
};
