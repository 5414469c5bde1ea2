import { findChoice } from './choice/find-choice.ts';
import { judgeChoice } from './choice/judge.ts';
import type { Judgement, Task } from './port.ts';

export { explainChoice } from './choice/explain.ts';

/** Judges the one letter that a response chooses; a response that names several, or none, is wrong. */
export const verifyChoice = ({ reference, response, accept }: Task): Judgement => {
  if (reference.domain !== 'choice') throw new TypeError(`verifyChoice: the reference is of ${reference.domain}`);
  return judgeChoice(reference, findChoice(response, reference.choices, accept));
};
