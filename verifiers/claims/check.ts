import type { Parsed } from './sentence/parts/clauses.ts';
import { has } from './words/phrases.ts';

/** An equation between numbers alone: `2(5) - 3 = 7`, `\frac{10}{2} = 5`. */
const NUMERICAL =
  /^(?=.*[=])(?:[\d\s+\-−*/^().,=·×÷{}$[\]!|√²³]|\\(?:cdot|times|div|frac|dfrac|sqrt|left|right|quad|[,;! ]))+$/;

/** What begins a sentence that only tests, and what ends one. */
const BEGINS =
  /^\s*(?:indeed|in fact|(?:plugging|substituting|putting)\b[^,:]{0,40}\bback\b|(?:this|it) (?:works|checks out|is consistent)|then again)\b/i;
const ENDS =
  /(?:which (?:is|are) (?:true|correct|right|consistent|satisfied)|\bholds|\bchecks out|\bworks|\bas (?:required|desired|expected|given|needed|claimed)|[✓✔√])[\s.!]*$/i;

/** Whether a sentence behind another only tests what that said: "Indeed, 2(5) - 3 = 7", "10 - 3 = 7, which is true". */
export function isCheck({ text, sentence, phrases, values }: Parsed): boolean {
  if (sentence.start === 0 || values.length === 0 || phrases.some((phrase) => has(phrase, 'answer'))) return false;
  if (INDEED.test(text.slice(sentence.start, Math.min(sentence.end, sentence.start + LONGEST))))
    return !phrases.some((phrase) => has(phrase, 'right', 'pronoun', 'conclude'));
  const said = text.slice(sentence.start, Math.min(sentence.end + 2, sentence.start + LONGEST));
  return (
    (BEGINS.test(said) || ENDS.test(said)) &&
    values.every(({ start, end }) => NUMERICAL.test(text.slice(start, Math.min(end, start + LONGEST))))
  );
}

const LONGEST = 160;
/** "Indeed, $x = 2$ gives 0", "Indeed, the derivative of it is 3x²" */
const INDEED = /^\s*indeed,\s[^.]{0,120}(?:\bgives\b|\bderivative of\b|=|\bsatisf)/i;
