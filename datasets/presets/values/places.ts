import { RowFault } from '../../../domains/row/row-fault.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The letter of a choice by its place, counted from 0; for presets of sets that count so. Other values stay. */
export const letterOfPlace = (answer: unknown, choices: unknown): unknown => {
  const place = placeOf(answer);
  if (place === null) return answer;
  const count = Array.isArray(choices) ? choices.length : letters.length;
  if (place < 0 || place >= count)
    throw new RowFault(
      'choice-not-among-choices',
      `answer is the place ${place}, counted from 0; there are ${count} choices.`,
    );
  return letters[place];
};

/** The letter of a choice by the label that it has beside its text: `A`, or `1` in some rows of ARC. */
export const letterOfLabel = (answer: unknown, labels: unknown): unknown => {
  const place = Array.isArray(labels) ? labels.indexOf(answer) : -1;
  return place < 0 ? answer : letters[place];
};

const placeOf = (answer: unknown): number | null => {
  if (typeof answer === 'number' && Number.isInteger(answer)) return answer;
  if (typeof answer === 'bigint') return Number(answer);
  return typeof answer === 'string' && /^\d{1,3}$/.test(answer) ? Number(answer) : null;
};
