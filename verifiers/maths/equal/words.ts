import type { Node } from '../tree.ts';
import { different, equal, type Outcome } from './outcome.ts';

/** Compares words: without regard to case, articles, punctuation and a beginning that only points (`this is`). */
export function compareTexts(reference: Node, answer: Node): Outcome {
  if (reference.kind === 'text' && answer.kind === 'text') {
    return plain(reference.words) === plain(answer.words) ? equal('the same words') : different('different words');
  }
  const [text, other] =
    reference.kind === 'text' ? [reference, answer] : [answer as Node & { kind: 'text' }, reference];
  if (text.words === 'none' && other.kind === 'set' && other.items.length === 0)
    return equal('both say that there is none');
  if (text.words === 'infinitely many' && other.kind === 'constant' && other.name === 'infinity')
    return equal('both infinite');
  return different('words against maths');
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/^(?:it|this|that) is (?=\S)/, '')
    .replace(/\b(?:the|a|an)\b/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
