import { integerNode, type Node, negation } from '../tree.ts';
import { different, equal, type Outcome } from './outcome.ts';
import { sameForm } from './same-form.ts';
import { capitalsOf, romanValue } from './values/roman.ts';

/** Compares words: without regard to case, articles, punctuation and a beginning that only points (`this is`). */
export function compareTexts(reference: Node, answer: Node): Outcome {
  if (reference.kind === 'text' && answer.kind === 'text') {
    return sayAlike(reference.words, answer.words) ? equal('the same words') : different('different words');
  }
  const [text, other] =
    reference.kind === 'text' ? [reference, answer] : [answer as Node & { kind: 'text' }, reference];
  if (capitalsOf(other) === text.words) return equal('the same letters');
  if (text.words === 'none' && other.kind === 'set' && other.items.length === 0)
    return equal('both say that there is none');
  if (text.words === 'infinitely many' && other.kind === 'constant' && other.name === 'infinity')
    return equal('both infinite');
  if (other.kind === 'tuple' && plain(text.words) === 'origin' && other.items.every(isZero)) return equal('the origin');
  if (other.kind === 'number' && isOrdinal(text.words, other)) return equal('the same place');
  if (other.kind === 'symbol' && TRUTHS[other.name] === text.words) return equal('the same truth');
  const limit = LIMITS.get(text.words);
  if (limit !== undefined && sameForm(limit, other)) return equal('the same limit');
  return other.kind === 'symbol' && numberedAlike(text.words, other.name)
    ? equal('the same number of the same')
    : different('words against maths');
}

const INFINITY: Node = { kind: 'constant', name: 'infinity' };

/** What goes on for ever says where to, too. */
const LIMITS: ReadonlyMap<string, Node> = new Map([
  ['diverges to infinity', INFINITY],
  ['diverges to negative infinity', negation(INFINITY)],
  ['converges to zero', integerNode(0)],
]);

/** `T` and `F`, as tables of truth have it. */
const TRUTHS: Readonly<Record<string, string>> = { T: 'yes', F: 'no' };

const isOrdinal = (words: string, { value }: Node & { kind: 'number' }): boolean =>
  value.d === 1n && BigInt(ORDINALS.indexOf(words.toLowerCase().replace(/^the /, '')) + 1) === value.n && value.n > 0n;

const isZero = (node: Node): boolean => node.kind === 'number' && node.value.n === 0n;

/** What is told apart by a number: `Quadrant III`, `the third quadrant`. */
const NUMBERED_THING = /^(?:the )?(?:(\w{1,8}) (quadrant|octant|statement)|(quadrant|octant|statement) (\w{1,8}))$/i;
const ORDINALS = 'first second third fourth fifth sixth seventh eighth'.split(' ');
const WORDS = 'one two three four five six seven eight'.split(' ');

/** The same kind of thing with the same number, of which the kind may be left out: `III` for `Quadrant III`. */
function numberedAlike(a: string, b: string): boolean {
  const [one, other] = [numbered(a), numbered(b)];
  if (one === null || other === null || (one.thing === null && other.thing === null)) return false;
  return one.at === other.at && (one.thing === null || other.thing === null || one.thing === other.thing);
}

function numbered(words: string): { readonly thing: string | null; readonly at: number } | null {
  const match = NUMBERED_THING.exec(words);
  const at = placeOf(match === null ? words : (match[1] ?? match[4])!);
  return at === null ? null : { thing: (match?.[2] ?? match?.[3])?.toLowerCase() ?? null, at };
}

function placeOf(word: string): number | null {
  const lower = word.toLowerCase();
  const named = Math.max(ORDINALS.indexOf(lower), WORDS.indexOf(lower)) + 1;
  const digits = /^([1-9])(?:st|nd|rd|th)?$/.exec(lower);
  if (named > 0 || digits !== null) return named || Number(digits![1]);
  return word === 'I' || word === 'V' ? (word === 'I' ? 1 : 5) : romanValue(word);
}

/** A sentence says what stands behind its verb: `The function is odd` is `odd`, and never `not odd`. */
const sayAlike = (a: string, b: string): boolean =>
  plain(a) === plain(b) ||
  neither(a) === plain(b) ||
  plain(a) === neither(b) ||
  named(b) === a ||
  named(a) === b ||
  wayOf(a) === b ||
  wayOf(b) === a ||
  plain(predicate(a)) === plain(b) ||
  plain(a) === plain(predicate(b)) ||
  plain(withoutKind(predicate(a))) === plain(b) ||
  plain(a) === plain(withoutKind(predicate(b))) ||
  numberedAlike(a, b);

/** `an isosceles triangle` is isosceles, `always true` is always. */
const withoutKind = (words: string): string =>
  words.replace(
    /(?<=\p{L}{3}) (?:functions?|triangles?|numbers?|series|sequence|matrix|quadrilateral|relation|distribution|integers?|polygon|angles?|system|graph|curve|lines?|events?|true)$/u,
    '',
  );

function predicate(words: string): string {
  const said =
    /^(?:the|this|that|it|a|an|they|there|so)\b.{0,80}?\s(?:is|are|was|were)\s(.+)$/i.exec(words) ??
    /^.{2,60}?\s(?:represents|describes|traces(?: out)?|defines)\s(an? .+)$/i.exec(words);
  return said === null ? words : said[1]!;
}

/** `Carlos finished first` tells of Carlos, whoever else is not named. */
function named(words: string): string | null {
  const said =
    /^(\p{Lu}\p{L}+) (?:is|was|has|won|came|did|does|must|will|can|\p{Ll}+ed|\p{Ll}+s)(?:\s(?!\p{Lu}).*)?$/u.exec(
      words,
    );
  return said === null || /\b(?:not|never|no|cannot|or|nor|if)\b|n't|\s\p{Lu}/u.test(words) ? null : said[1]!;
}

/** `diverges to infinity` is `diverges`. */
const wayOf = (words: string): string | null => (LIMITS.has(words) ? words.slice(0, words.indexOf(' ')) : null);

/** `neither even nor odd` */
const neither = (words: string): string | null => (/^neither\b.{1,60}\bnor\b/i.test(words) ? 'neither' : null);

/** `I, II and IV only` */
const NUMBERED = /^[IVX]{1,4}(?:(?:,| and|, and) [IVX]{1,4}){0,6}(?: only)?$/;

const plain = (words: string): string =>
  (NUMBERED.test(words) ? words.replace(/(?:,| and|, and) | only$/g, ' ') : words)
    .toLowerCase()
    .replace(/^(?:it|this|that) is (?=\S)/, '')
    .replace(/^(?:on|in|at|by|via) (?!least|most|all|no |any)(?=(?:an? |the )?\p{L}+(?: \p{L}+)?$)/u, '')
    .replace(/\b(?:the|a|an|simply|just)\b/g, '')
    .replace(/(?<=\p{L}) one\s?$/u, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
