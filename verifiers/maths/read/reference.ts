import { lastBoxed } from '../../claims/text/boxes.ts';
import type { Budget } from '../budget.ts';
import type { Node } from '../tree.ts';
import { readAnswer } from './answer.ts';

/**
 * Reads a reference whole, for it is a bare answer. Only a reference that is a worked solution, as some data sets have
 * it, is read from its box or from its `####` line.
 */
export function readReference(source: string, budget: Budget): Node {
  const bare = readAnswer(source, budget);
  if (bare.kind !== 'unreadable' && bare.kind !== 'text') return bare;
  const answer = answerWithin(source);
  return answer === null ? bare : readAnswer(answer, budget);
}

function answerWithin(source: string): string | null {
  const marks = source.lastIndexOf('####');
  if (marks >= 0) return source.slice(marks + 4);
  return lastBoxed(source);
}
