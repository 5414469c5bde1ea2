import type { Judgement, Task } from './port.ts';

/** How far behind a cue a letter may stand. */
const REACH = 40;
const cues = ['\\boxed{', 'answer', 'option', 'choice'];

/**
 * Judges the letter that a response chooses: the last one that follows a cue (a box, "answer is", "option"), else a
 * line that is nothing but a letter, else the text of one of the choices as the last line. Linear in the text.
 */
export const verifyChoice = ({ reference, response }: Task): Judgement => {
  if (reference.domain !== 'choice') throw new TypeError(`verifyChoice: the reference is of ${reference.domain}`);
  const letters = reference.choices.map((_, index) => String.fromCharCode(65 + index));
  const wanted = reference.answer.trim().toUpperCase();
  if (!letters.includes(wanted)) {
    const reason = `the reference ${JSON.stringify(reference.answer)} is no letter of ${letters.length} choices`;
    return { verdict: 'unverifiable', reason, extracted: null, passedShare: null };
  }
  const found = afterCue(response, letters) ?? aloneOnLine(response, letters) ?? byText(response, reference.choices);
  if (found === null) return { verdict: 'wrong', reason: 'no choice found', extracted: null, passedShare: null };
  const right = found === wanted;
  const reason = right ? 'the same choice' : `chose ${found}, not ${wanted}`;
  return { verdict: right ? 'right' : 'wrong', reason, extracted: found, passedShare: null };
};

const afterCue = (text: string, letters: readonly string[]): string | null => {
  const lower = text.toLowerCase();
  const ends = cues.flatMap((cue) => {
    const at = lastWithLetter(text, lower, cue, letters);
    return at === null ? [] : [at];
  });
  const boxed = ends.find((end) => end.cue === '\\boxed{');
  return (boxed ?? ends.toSorted((a, b) => b.at - a.at)[0])?.letter ?? null;
};

const lastWithLetter = (text: string, lower: string, cue: string, letters: readonly string[]) => {
  for (let at = lower.lastIndexOf(cue); at >= 0; at = at > 0 ? lower.lastIndexOf(cue, at - 1) : -1) {
    const letter = firstLetter(text.slice(at + cue.length, at + cue.length + REACH), letters);
    if (letter) return { cue, at, letter };
  }
  return null;
};

/** A capital that stands alone: `(B)`, `B.`, `\text{B}`; not the article "A" before a word. */
const firstLetter = (text: string, letters: readonly string[]): string | null => {
  for (const match of text.matchAll(/(?<![A-Za-z])([A-Z])(?![A-Za-z'’])(?! [a-z])/g)) {
    if (letters.includes(match[1] as string)) return match[1] as string;
  }
  return null;
};

const aloneOnLine = (text: string, letters: readonly string[]): string | null => {
  for (const line of text.split('\n').reverse()) {
    const letter = /^[\s*($[]*([A-Za-z])[\s*)$\].:]*$/.exec(line)?.[1]?.toUpperCase();
    if (letter && letters.includes(letter)) return letter;
    const first = /^[\s*($[]*([A-Z])[).:] /.exec(line)?.[1];
    if (first && letters.includes(first)) return first;
  }
  return null;
};

const byText = (text: string, choices: readonly string[]): string | null => {
  const last = plain(text.trimEnd().split('\n').at(-1) ?? '');
  const matching = choices.flatMap((choice, index) =>
    plain(choice) !== '' && last.endsWith(plain(choice)) ? [String.fromCharCode(65 + index)] : [],
  );
  return matching.length === 1 ? (matching[0] as string) : null;
};

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
