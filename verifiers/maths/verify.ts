import type { Judgement, Task } from '../port.ts';
import { sameAnswer } from './compare.ts';
import { extractCandidates } from './extract/extract.ts';

/** Judges a maths response against its reference. */
export function verifyMaths(task: Task): Judgement {
  if (task.reference.domain !== 'maths')
    throw new TypeError(`verifyMaths: the reference is of domain ${task.reference.domain}`);
  for (const { answer } of extractCandidates(task.response)) {
    const right = sameAnswer(task.reference.answer, answer);
    return {
      verdict: right ? 'right' : 'wrong',
      reason: right ? 'equal' : 'different',
      extracted: answer,
      passedShare: null,
    };
  }
  return { verdict: 'wrong', reason: 'no answer found', extracted: null, passedShare: null };
}
