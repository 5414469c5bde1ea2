import { has, type Phrase, type Range } from '../../claims/words/phrases.ts';
import { phrasesBetween, type Run, type Scene } from './scene.ts';

/** Whether an option that nothing leads to is all that its sentence says: a label, or one in brackets at the end. */
export const standsBare = (scene: Scene, run: Run, tail: readonly Phrase[], isLed: boolean): boolean =>
  (!isLed && endsBare(scene, run, tail) && !isFactorial(scene, run)) || isBracketed(scene, run);

/** "(D)" and what sets it apart. */
export const LABEL_LENGTH = 4;

/** Nothing follows, or what only explains it. */
function endsBare(scene: Scene, run: Run, tail: readonly Phrase[]): boolean {
  const { text, sentence } = scene;
  const next = text.slice(run.end, Math.min(run.end + 12, sentence.end));
  return (
    tail.every((phrase) => has(phrase, 'join')) ||
    (/^[)\]}"'”’*]{0,3}\s{0,2}(?:[,;:(–—]|-\s)/.test(next) && !isSubject(text, run, tail)) ||
    (has(tail[0], 'subordinate') &&
      !has(tail[0], 'good', 'verb', 'only') &&
      (!run.texts || has(tail[0], 'because', 'pronoun') || isName(scene, run))) ||
    isTurnedRound(tail) ||
    (tail.length === 1 && has(tail[0], 'conclude'))
  );
}

/** "Cannot be determined from what is given", where nothing more is said of it. */
const isName = (scene: Scene, { start, end }: Range): boolean =>
  scene.text.slice(start, end).split(' ').length > 2 &&
  !phrasesBetween(scene, end, scene.sentence.end).some(isPredicate);

const isPredicate = (phrase: Phrase): boolean =>
  has(phrase, 'link', 'opine', 'pick', 'good', 'bad', 'right', 'wrong', 'deny');

/** "(B) would need heat" speaks of the option; as a label it has a colon behind it here. */
const isSubject = (text: string, { start }: Range, [colon, verb]: readonly Phrase[]): boolean =>
  text[start] === '(' &&
  text[colon?.start ?? start] === ':' &&
  has(verb, 'link', 'unreal', 'verb', 'hedge', 'deny') &&
  /\p{Ll}/u.test(text[verb!.start]!);

/** "Option B" at the beginning of its line, but for marks and a number. */
export function isLabel(scene: Scene, { start }: Range): boolean {
  const line = scene.text.lastIndexOf('\n', start - 1) + 1;
  if (start - line > LONGEST_LABEL || line < scene.sentence.start - 1) return false;
  if (scene.runs.some((other) => other.start >= line && other.end <= start)) return false;
  const before = phrasesBetween(scene, line, start).filter((phrase) => !/\d/.test(scene.text[phrase.start]!));
  return before.length <= 1 && before.every((phrase) => has(phrase, 'kind', 'label'));
}

const LONGEST_LABEL = 24;

/** A bare "18!" is another number. */
const isFactorial = ({ text, sentence }: Scene, { start, end, texts }: Run): boolean =>
  texts &&
  sentence.mark === '!' &&
  /^[\s\d]+$/.test(text.slice(sentence.start, start + 1)) &&
  /\d!/.test(text.slice(end - 1, end + 1));

/** "The gas cools (option B)." */
const isBracketed = ({ text, sentence }: Scene, run: Run): boolean =>
  (/\((?:option|choice|answer)?\s{0,2}$/i.test(text.slice(Math.max(sentence.start, run.start - 12), run.start)) ||
    /[^(] \([A-Z]\)?$/.test(text.slice(run.start, run.end))) &&
  /^\s?\)?\s*$/.test(text.slice(run.end, sentence.end));

/** "C it is." */
const isTurnedRound = (tail: readonly Phrase[]): boolean =>
  tail.length === 2 && has(tail[0], 'pronoun') && has(tail[1], 'link');
