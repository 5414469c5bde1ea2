import type { Box } from './boxes.ts';

/** What a box says, with what its formula and the words beside it make of it. */
export function saidByBox(text: string, box: Box): string {
  const behind = text.slice(box.end, box.end + 60);
  const percent = PERCENT.test(behind.slice(0, 20)) ? '\\%' : '';
  const said = box.contents.join(' , ') + percent;
  return asWorked(said, text.slice(Math.max(0, box.start - LONGEST_LEAD), box.start), behind);
}

function asWorked(said: string, before: string, behind: string): string {
  const operation = DIGITS.exec(behind)?.[0] ?? OPERATION.exec(behind)?.[0] ?? '';
  const words = (said.endsWith('%') ? SHARED : SCALED).exec(behind)?.[1] ?? unitIn(said, behind);
  const bracketed = SUM.test(said) ? `(${said})` : said;
  const worked = `${operation === '' ? said : bracketed}${operation}${words === undefined ? '' : ` ${words}`}`;
  if (EQUATED.test(behind)) return worked;
  if (NEGATED.test(before)) return operation === '' ? `-${bracketed}` : `-${worked}`;
  const factor = FACTOR.exec(before)?.[1];
  if (factor !== undefined) return `${factor} ${bracketed}`;
  if (before.endsWith('\\sqrt{') && behind.startsWith('}')) return `\\sqrt{${said}}`;
  const comparing = COMPARING.exec(before)?.[1];
  return comparing === undefined ? worked : `${comparing} ${worked}`;
}

const LONGEST_LEAD = 32;
const PERCENT = /^[\s$)\]\\]{0,6}(?:%|percent\b)/;
/** What a formula goes on to do with its box: `\boxed{7}\cdot 2`, `\boxed{30}^\circ`, `$\boxed{5}!$`. */
const OPERATION =
  /^ ?(?:!{1,2}(?=\$)|\\pi(?![a-zA-Z])|\\sqrt ?(?:\{[^{}\n$]{1,12}\}|\d)|\/ ?\d{1,9}(?=\$)|\^ ?(?:\{[^{}\n]{1,12}\}|\\circ|\w)|\\(?:cdot|times|div)(?![a-zA-Z]) ?[\d\\a-z({][^$\n]{0,40}?)(?=\s*(?:\$|\\[\])]|[.,]?(?:\s|$)))/;
/** Digits right behind a box go on with its number: `\boxed{6,}7`, `\boxed{6}.5`. */
const DIGITS = /^[.,]?\d[\d.,]{0,20}(?=\s*\$)/;
/** `\boxed{6\%}$ of 50` is another value than six percent. */
const SHARED = /^\$? (of \$?\d[\d.,]{0,20}?)(?=\$?[.,;]?(?:\s*$|\s*\n|\$))/;
/** `\boxed{6}$ million`, `\boxed{6} \text{ or more}` */
const SCALED =
  /^\s?\$?\s?(?:\\text\s?\{\s?)?((?:or more|or less|or fewer|or greater|squared|cubed|hundred|thousand|million|billion|dozen)\b)/;
/** `\boxed{6}\,\text{m}$`, `\boxed{6}\ \mathrm{cm}^2$` */
const UNIT_IN_FORMULA =
  /^(?:\\[,;:! ]|[~\s]){0,3}(\\(?:text|mathrm|textrm|mbox)\s?\{\s?(?:\p{L}{1,12}[./ ]?){1,4}\s?\}(?:\s?\^\s?\{?-?\d\}?)?)(?=[\s.,]*(?:\$|\\[\])]))/u;
/** `$\boxed{6}$ km/h`, `\boxed{6} square metres`: of plain words only those that can be nothing else. */
const UNIT_IN_WORDS =
  /^\$?\s((?:square |cubic |sq\.? )?(?:[kcdm]m|[kc]?m(?:et(?:er|re))s?|m(?=[.,;]?\s*$|\/|\^|²|³)|inch(?:es)?|feet|ft|yards?|miles?|kg|grams?|litres?|liters?|m[Ll]|hours?|minutes?|seconds?|km\/h|kph|mph)(?:\/(?:h|s|min)|\^?[23]|[²³])?)(?=[.,;]?(?:\s|$))/;

/** What the number of a box is measured in; null where the box says it, or nothing does. */
const unitIn = (said: string, behind: string): string | undefined =>
  /\\(?:text|mathrm|mbox)/.test(said) ? undefined : (UNIT_IN_FORMULA.exec(behind) ?? UNIT_IN_WORDS.exec(behind))?.[1];

/** The sign before a box where its formula or its side of an equation begins: `$x = -\boxed{6}$`, "is -$\boxed{6}$". */
const NEGATED = /(?:(?:\$|=|\\\[|\\\()\s?[-−]|(?:[:=]|\bis) [-−]\$)\s?$/;
/** `$2\cdot\boxed{6}$`; behind an equals sign a box may be what was asked to be filled in. */
const FACTOR = /\$\s?(\d{1,9}\s?\\(?:cdot|times))\s?$/;
/** "is more than $\boxed{6}$", but what is no more than six, or cannot be, has it as its maximum. */
const COMPARING = /\b(?:is|are) ((?:strictly )?(?:more|less|fewer|greater|smaller|larger) than|half of|twice) \$?$/i;
/** A box that is filled in within an equation: `$-\boxed{6} = -6$`. */
const EQUATED = /^\}?\s?(?:=|[-+*]\s?[\w\\])/;
const SUM = /[-+*/ ]/;
