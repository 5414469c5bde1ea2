import { clauseAt, isDoubted, readClause, sentenceBefore } from './clause.ts';
import type { Option, Reading } from './options.ts';

const CONFIRMED =
  /(?<![\p{L}\p{N}'’([-])[([]?([A-Z])[)\]]?(?:\s\([^()\n]{0,80}\)|,[^,.\n]{0,60},|[:.)]?\s(?:(?!\b(?:is|[A-Z])\b)[^.:\n]){1,60})?\s(?:is|must be|would be)\s(?:[a-z]+ly\s|the\s|most\s|best\s|single\s|just\s){0,3}(?:correct|right|answer|best)\b(?!\s+(?:that|about|in|to|hand))/gu;
/** The same in other languages: right behind its letter. */
const CONFIRMED_ELSEWHERE =
  /(?<![\p{Script=Latin}\d])[([]?([A-Z])[)\]]?\s{0,2}(?:(?:是)?(?:正确|正確|对的)|es (?:la )?(?:opción |respuesta )?correct|est (?:la )?(?:bonne|correct|juste)|ist (?:die )?(?:richtig|korrekt)|верн|правильн|صحيح|هي الصحيحة|درست است|صحیح است|सही है)/gu;
const TRIED = 40;

/** The choice that is called right ("Option B is correct"), where all that are called so are the same. */
export function confirmed(text: string, options: readonly Option[]): Reading {
  const letters = [...text.matchAll(CONFIRMED), ...text.matchAll(CONFIRMED_ELSEWHERE)]
    .slice(-TRIED)
    .flatMap((match) => {
      const asked = clauseAt(text, match.index) === null || isDoubted(sentenceBefore(text, match.index));
      return !asked && options.some(({ letter }) => letter === match[1]) ? [match[1]!] : [];
    });
  return [...new Set(letters)];
}

const CONCLUDES =
  /(?<!\p{L})(?:so|thus|hence|therefore|in the end|think|believe|guess|choose|select|pick|go with|corresponds? to|match(?:es)?|best|correct|(?:option|choice|statement)(?: that)? is)(?!\p{L})/giu;

/** The choice that the last line concludes with: "Hence B.", "… corresponds to option (C)", "It is London." */
export function concluded(text: string, options: readonly Option[]): Reading {
  const line = text.trimEnd().split('\n').at(-1)!.slice(-1000);
  for (const { index, 0: word } of [...line.matchAll(CONCLUDES)].slice(-TRIED).reverse()) {
    const clause = clauseAt(line, index + word.length);
    const letters = clause === null || isDoubted(sentenceBefore(line, index)) ? [] : readClause(clause, options);
    if (letters.length > 0) return letters;
  }
  return [];
}
