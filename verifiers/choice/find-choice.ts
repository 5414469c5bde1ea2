import type { Convention } from '../port.ts';
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
const WAYS: readonly (readonly [Convention, (text: string, options: readonly Option[]) => Reading])[] = [
  ['boxed', boxed],
  ['cue', announced],
  ['last', onOwnLine],
  ['last', confirmed],
  ['last', concluded],
  ['last', lastSentence],
];

export interface Choice {
  /** The letters that are chosen: several where the response does not decide, none where it states none. */
  readonly letters: Reading;
  readonly found: Convention | null;
}

/** What a response chooses. Linear in the text. */
export function findChoice(response: string, choices: readonly string[]): Choice {
  const options = optionsOf(choices);
  const text = unmarked(response);
  for (const [found, read] of WAYS) {
    const letters = read(text, options);
    if (letters.length > 0) return { letters, found };
  }
  return { letters: [], found: null };
}
