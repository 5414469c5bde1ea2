import { clausesOf } from '../../claims/sentence/parts/clause-ends.ts';
import type { Sentence } from '../../claims/text/sentences.ts';
import type { Latin } from '../../claims/words/language.ts';
import { has, type Phrase, phrasesIn, type Range } from '../../claims/words/phrases.ts';
import { unitsOf } from '../../claims/words/units.ts';
import type { Option } from '../options/options.ts';
import { type Mention, mentionsIn } from './mentions.ts';

/** Options that are named together: "A, C or D". */
export interface Run extends Range {
  readonly letters: readonly string[];
  /** Whether all of them are named by their texts alone. */
  readonly texts: boolean;
}

/** A sentence that names options, with its phrases and clauses; positions are those of the whole text. */
export interface Scene {
  readonly text: string;
  readonly language: Latin;
  readonly sentence: Sentence;
  readonly phrases: readonly Phrase[];
  readonly clauses: readonly Range[];
  readonly runs: readonly Run[];
}

export function sceneOf(text: string, sentence: Sentence, language: Latin, options: readonly Option[]): Scene {
  const mentions = mentionsIn(text.slice(sentence.start, sentence.end), options).map((mention) => ({
    ...mention,
    start: mention.start + sentence.start,
    end: mention.end + sentence.start,
  }));
  const phrases = phrasesIn(unitsOf(text, sentence, mentions), language);
  return {
    text,
    language,
    sentence,
    phrases,
    clauses: clausesOf(text, sentence, phrases, mentions),
    runs: runsOf(text, mentions, phrases),
  };
}

function runsOf(text: string, mentions: readonly Mention[], phrases: readonly Phrase[]): Run[] {
  const runs: Run[] = [];
  for (const { letter, by, start, end } of mentions) {
    const last = runs.at(-1);
    const joins =
      last !== undefined &&
      !last.letters.includes(letter) &&
      (start < last.end ||
        areJoined(text, last, { start, end }, phrases) ||
        (by === 'text' && isMislabelled(text, last, { start, end })));
    if (joins)
      runs[runs.length - 1] = {
        start: last.start,
        end,
        letters: [...new Set([...last.letters, letter])],
        texts: last.texts && by === 'text',
      };
    else runs.push({ start, end, letters: [letter], texts: by === 'text' });
  }
  return runs;
}

/** "A) 15", where 15 is another option: it names both, and does not decide. */
const isMislabelled = (text: string, label: Run, { start, end }: Range): boolean =>
  !label.texts &&
  /^\s{0,2}[)\]}]?[.:)\]}]\s{0,3}$/.test(text.slice(label.end - 1, start).replace(/^[A-Z]/, '')) &&
  /^\s{0,3}(?:[.,;!)}\]]|\n|$)/.test(text.slice(end, end + 8));

/** Nothing but commas, slashes and joining words lies between. */
function areJoined(
  text: string,
  { start: first, end: from }: Range,
  mention: Range,
  phrases: readonly Phrase[],
): boolean {
  const to = mention.start;
  const gap = phrases.filter(({ start, end }) => start >= from && end <= to);
  // "A or, equivalently, C"
  const isAgain = ({ start, end, roles }: Phrase): boolean =>
    roles.has('restate') && !roles.has('wait') && text.slice(start, end).startsWith('or');
  if (
    !gap.every(
      (phrase) => has(phrase, 'join', 'label') || isAgain(phrase) || NOR.test(text.slice(phrase.start, phrase.end)),
    )
  )
    return false;
  const rest = gap.reduceRight(
    (left, { start, end }) => left.slice(0, start - from) + left.slice(end - from),
    text.slice(from, to),
  );
  const next = phrases.find(({ start }) => start >= mention.end);
  // "(B, C, D) are out"
  const enclosed = text[first] === '(' && /[A-Z]\)$/.test(text.slice(to, mention.end)) && text[to] !== '(';
  const begins =
    !enclosed &&
    gap.length === 0 &&
    !has(
      phrases.findLast(({ end }) => end <= first),
      'deny',
      'except',
    ) &&
    has(next, 'link', 'right', 'wrong', 'good', 'bad') &&
    text[next!.start] !== ':' &&
    !text.slice(from, to).includes('、') &&
    isNear(text, mention.end, next!.start);
  // "A; D", but "A is out; the moon is what we see".
  if (rest.includes(';') && (mention.end - to > 3 || /\p{L}/u.test(text.slice(mention.end, mention.end + 4))))
    return false;
  return rest.length <= 12 && !begins && /^[\s,;/&、，()[\]"“”‘’]*$/.test(rest) && (gap.length > 0 || /\S/.test(rest));
}

/** "B, A is the capital": the second one begins a clause of its own. */
const isNear = (text: string, from: number, to: number): boolean => text.slice(from, to).trim() === '';

const NOR = /^(?:nor|ni|noch|ни|option|options|choice|choices)$/i;

export const phrasesBetween = ({ phrases }: Scene, from: number, to: number): readonly Phrase[] =>
  phrases.filter(({ start, end }) => start >= from && end <= to);
