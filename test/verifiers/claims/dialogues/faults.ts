import { findChoice } from '../../../../verifiers/choice/find-choice.ts';
import { answersAmong } from '../../../../verifiers/claims/choose.ts';
import { claimsIn } from '../../../../verifiers/claims/claims.ts';
import { type Dialogue, dialogueOf } from './dialogue.ts';

export interface Fault extends Dialogue {
  readonly seed: number;
  readonly read: string | null;
}

const NUMBERS = ['12', '47', '3.5', '-8', '$\\frac{3}{7}$', '$x^2+1$', '105', '2/9', '$144$', '$2\\pi$'];
const LETTERS = ['A', 'B', 'C', 'D'];
const CHOICES = ['it rises', 'it falls', 'it stays', 'it vanishes'];

/** Where the answer that is read from a dialogue is not the one that it was made with; linear in their number. */
export const mathsFaults = (seeds: number, from = 0): Fault[] =>
  faults(seeds, from, NUMBERS, (text) => answersAmong(claimsIn(text).claims)[0]?.text ?? null);

/** The same with options in the place of values. */
export const choiceFaults = (seeds: number, from = 0): Fault[] =>
  faults(seeds, from, LETTERS, (text) => {
    const { letters } = findChoice(text, CHOICES);
    return letters.length === 1 ? letters[0]! : null;
  });

function faults(
  seeds: number,
  from: number,
  values: readonly string[],
  read: (text: string) => string | null,
): Fault[] {
  const found: Fault[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const dialogue = dialogueOf(seed, values);
    const answer = read(dialogue.text);
    if (!agrees(dialogue, answer)) found.push({ ...dialogue, seed, read: answer });
  }
  return found;
}

/** Where nothing is answered, what is read may be anything but one of the values. */
function agrees({ answers, named }: Dialogue, read: string | null): boolean {
  if (answers === null) return read === null || !named.some((value) => bare(value) === bare(read));
  return read !== null && bare(read) === bare(answers);
}

const bare = (text: string): string => text.replace(/[$\s]/g, '');
