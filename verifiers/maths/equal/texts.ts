import type { Node } from '../tree.ts';
import { different, equal, type Outcome } from './outcome.ts';

/** Compares words: without regard to case, articles, punctuation and a beginning that only points (`this is`). */
export function compareTexts(reference: Node, answer: Node): Outcome {
  if (reference.kind === 'text' && answer.kind === 'text') {
    return sayAlike(reference.words, answer.words) ? equal('the same words') : different('different words');
  }
  const [text, other] =
    reference.kind === 'text' ? [reference, answer] : [answer as Node & { kind: 'text' }, reference];
  if (text.words === 'none' && other.kind === 'set' && other.items.length === 0)
    return equal('both say that there is none');
  if (text.words === 'infinitely many' && other.kind === 'constant' && other.name === 'infinity')
    return equal('both infinite');
  return different('words against maths');
}

/** A sentence says what stands behind its verb: `The function is odd` is `odd`, and never `not odd`. */
const sayAlike = (a: string, b: string): boolean =>
  plain(a) === plain(b) ||
  neither(a) === plain(b) ||
  plain(a) === neither(b) ||
  named(b) === a ||
  named(a) === b ||
  plain(predicate(a)) === plain(b) ||
  plain(a) === plain(predicate(b));

function predicate(words: string): string {
  const said = /^(?:the|this|that|it|a|an|they|there|so)\b.{0,80}?\s(?:is|are|was|were)\s(.+)$/i.exec(words);
  return said === null ? words : said[1]!;
}

/** `Carlos finished first` tells of Carlos, whoever else is not named. */
function named(words: string): string | null {
  const said = /^(\p{Lu}\p{L}+) (?:is|was|has|won|did|does|must|will|can|\p{Ll}+ed|\p{Ll}+s)(?:\s(?!\p{Lu}).*)?$/u.exec(
    words,
  );
  return said === null || /\b(?:not|never|no|cannot|or|nor|if)\b|n't|\s\p{Lu}/u.test(words) ? null : said[1]!;
}

/** `neither even nor odd` */
const neither = (words: string): string | null => (/^neither\b.{1,60}\bnor\b/i.test(words) ? 'neither' : null);

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/^(?:it|this|that) is (?=\S)/, '')
    .replace(/\b(?:the|a|an|simply|just)\b/g, '')
    .replace(/(?<=\p{L}) one\s?$/u, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
