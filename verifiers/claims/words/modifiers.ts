import { ARABIC } from './languages/arabic.ts';
import { EASTERN, WESTERN } from './languages/by-script.ts';
import { CHINESE } from './languages/chinese.ts';
import { FRENCH } from './languages/french.ts';
import { GERMAN } from './languages/german.ts';
import { HINDI } from './languages/hindi.ts';
import { PERSIAN } from './languages/persian.ts';
import { RUSSIAN } from './languages/russian.ts';
import { SPANISH } from './languages/spanish.ts';
import { unitsOf } from './units.ts';

const spelled = (phrase: string): string =>
  ` ${unitsOf(phrase)
    .map(({ normal }) => normal)
    .join(' ')} `;

/** Words of other languages that English has too, where they only name things: `double rooms`. */
const SHARED: ReadonlySet<string> = new Set(
  'double triple under minimal maximal non par media alle over circa inferior superior'.split(' '),
);

/** Of all languages but English, whose words have roles of their own beside a value. */
const MODIFIERS: readonly string[] = [
  ARABIC,
  EASTERN,
  WESTERN,
  CHINESE,
  FRENCH,
  GERMAN,
  HINDI,
  PERSIAN,
  RUSSIAN,
  SPANISH,
]
  .flatMap(({ modify, deny }) => [modify, deny])
  .flatMap((phrases) => phrases?.split('|') ?? [])
  .map(spelled)
  .filter((phrase) => phrase.trim().length > 1 && !SHARED.has(phrase.trim()));

/** Whether words of another language than English make another value of the one beside which they stand. */
export function modifiesAbroad(words: string): boolean {
  const said = spelled(words);
  return MODIFIERS.some((modifier) => said.includes(modifier));
}
