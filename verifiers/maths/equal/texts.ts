import type { Node } from '../tree.ts';
import { different, equal, type Outcome } from './outcome.ts';

/** Compares words: without regard to case, articles, punctuation and a beginning that only points (`this is`). */
export function compareTexts(reference: Node, answer: Node): Outcome {
  if (reference.kind === 'text' && answer.kind === 'text') {
    return sayAlike(reference.words, answer.words) ? equal('the same words') : different('different words');
  }
  const [text, other] =
    reference.kind === 'text' ? [reference, answer] : [answer as Node & { kind: 'text' }, reference];
  if (lettersOf(other) === text.words) return equal('the same letters');
  if (text.words === 'none' && other.kind === 'set' && other.items.length === 0)
    return equal('both say that there is none');
  if (text.words === 'infinitely many' && other.kind === 'constant' && other.name === 'infinity')
    return equal('both infinite');
  return different('words against maths');
}

/** `ABCD`, which formulas read as a product. */
function lettersOf(node: Node): string | null {
  if (node.kind === 'symbol') return /^[A-Z]{1,20}$/.test(node.name) ? node.name : null;
  if (node.kind !== 'multiply') return null;
  const letters = node.factors.map(lettersOf);
  return letters.includes(null) ? null : letters.join('');
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

/** `I, II and IV only` */
const NUMBERED = /^[IVX]{1,4}(?:(?:,| and|, and) [IVX]{1,4}){0,6}(?: only)?$/;

const plain = (words: string): string =>
  (NUMBERED.test(words) ? words.replace(/(?:,| and|, and) | only$/g, ' ') : words)
    .toLowerCase()
    .replace(/^(?:it|this|that) is (?=\S)/, '')
    .replace(/\b(?:the|a|an|simply|just)\b/g, '')
    .replace(/(?<=\p{L}) one\s?$/u, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
