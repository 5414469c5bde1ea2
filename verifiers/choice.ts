import { findChoice } from './choice/find-choice.ts';
import type { Judgement, Task } from './port.ts';

/** Judges the one letter that a response chooses; a response that names several, or none, is wrong. */
export const verifyChoice = ({ reference, response, accept }: Task): Judgement => {
  if (reference.domain !== 'choice') throw new TypeError(`verifyChoice: the reference is of ${reference.domain}`);
  const letters = reference.choices.map((_, index) => String.fromCharCode(65 + index));
  const wanted = reference.answer.trim().toUpperCase();
  if (!letters.includes(wanted)) {
    const reason = `the reference ${JSON.stringify(reference.answer)} is no letter of ${letters.length} choices`;
    return { verdict: 'unverifiable', reason, extracted: null, found: null, passedShare: null };
  }
  const { letters: chosen, found } = findChoice(response, reference.choices, accept);
  if (chosen.length === 0)
    return { verdict: 'wrong', reason: 'no choice found', extracted: null, found: null, passedShare: null };
  const extracted = chosen.join(', ');
  if (extracted === wanted) return { verdict: 'right', reason: 'the same choice', extracted, found, passedShare: null };
  return { verdict: 'wrong', reason: `chose ${extracted}, not ${wanted}`, extracted, found, passedShare: null };
};
