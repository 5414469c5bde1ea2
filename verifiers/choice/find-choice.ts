import { announced } from './announced.ts';
import { boxed } from './boxes.ts';
import { concluded, confirmed } from './confirmed.ts';
import { type Option, optionsOf, type Reading } from './options.ts';
import { onOwnLine } from './own-line.ts';
import { closingText } from './texts.ts';
import { unmarked } from './unmarked.ts';

const lastSentence = (text: string, options: readonly Option[]): Reading =>
  closingText(text.trimEnd().split('\n').at(-1)!.slice(-1000), options);

/** The ways in which a response states its choice, the most trusted first. */
const WAYS = [boxed, announced, onOwnLine, confirmed, concluded, lastSentence];

/** The letter that a response chooses, several where it does not decide, none where it states none. Linear in the text. */
export function findChoice(response: string, choices: readonly string[]): Reading {
  const options = optionsOf(choices);
  const text = unmarked(response);
  for (const read of WAYS) {
    const letters = read(text, options);
    if (letters.length > 0) return letters;
  }
  return [];
}
