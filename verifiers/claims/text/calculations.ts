import type { Value } from './value.ts';

/** What stands between two numbers of a calculation in words: "12 fish * 2", "8km/4", "3 days - 1". */
const OPERAND =
  /^(?:[\s$)]{0,3}(?:%|\\%)?[\s$)(]{0,3}(?:\p{L}[\p{L}'’./²³-]{0,24}[)(\s]{1,2}){0,8}(?:\p{L}[\p{L}'’.²³-]{0,24})?\)?)\s{0,2}(?:[-+*/×÷·–−]|[xX](?=\s)|\\times|\\cdot)?\s{0,2}[$(]{0,2}$/u;
/** "Ellie's 8 + Riley's 5": what the second number counts may stand before it. */
const NAMED_OPERAND = /^(?:\s\p{L}[\p{L}'’.-]{0,24}){0,6}\s[-+*×÷–−]\s(?:\p{L}[\p{L}'’.-]{0,24}\s){1,4}\$?$/u;
const OPERATOR = /(?:[-+*/×÷·–−]|\s[xX]|\\times|\\cdot)\s{0,2}[$(]{0,2}$/;
const OPEN = /\s?[-+*×÷–−]\s?$/;
const SIGNED = /^[-+–−*/×÷·]/;
/** " filets per fish = $" */
const EQUALS = /^(?:[^=<>≤≥≠:;.,!?\n]{0,80})=\s{0,2}\$?$/;
const LONGEST = 120;
const MOST_OPERANDS = 24;

/**
 * Of a calculation in words its result alone: of "12 fish * 2 filets per fish = 24 filets" the 24. Its operands are no values
 * that anything is said to be.
 */
export function withResults(text: string, values: readonly Value[]): Value[] {
  const result: Value[] = [];
  for (let first = 0; first < values.length; ) {
    const run = runFrom(text, values, first);
    if (run === null) result.push(values[first]!);
    else result.push(run.result);
    first = run === null ? first + 1 : run.next;
  }
  return result;
}

/** A calculation that begins with a value, and the value behind it; null where none does. */
function runFrom(
  text: string,
  values: readonly Value[],
  first: number,
): { readonly result: Value; readonly next: number } | null {
  let operations = 0;
  for (let index = first; index < values.length; index += 1) {
    const { start, end } = values[index]!;
    const equals = equalsIn(text, start, end);
    if (equals !== null) {
      if (operations === 0 || !NUMBER.test(text.slice(equals, equals + 8))) return null;
      return {
        result: { ...values[index]!, start: equals, names: false, worked: true, from: values[first]!.start },
        next: index + 1,
      };
    }
    const next = values[index + 1];
    if (next === undefined || next.start - end > LONGEST) return null;
    const operator = OPEN.exec(text.slice(Math.max(start, end - 3), end))?.[0].length ?? 0;
    const gap = text.slice(end - operator, next.start);
    if (operations > 0 && EQUALS.test(gap) && NUMBER.test(text.slice(next.start, next.start + 8))) {
      const again = equalsIn(text, next.start, next.end);
      return {
        result: { ...next, start: again ?? next.start, names: false, worked: true, from: values[first]!.start },
        next: index + 2,
      };
    }
    if (operations === MOST_OPERANDS) return null;
    const operates = OPERATOR.test(gap) || SIGNED.test(text.slice(next.start, next.start + 1));
    if (!(operates && OPERAND.test(gap)) && !NAMED_OPERAND.test(gap)) return null;
    operations += 1;
  }
  return null;
}

const NUMBER = /^[\s$]{0,3}-?\$?(?:[\d.]|\\d?frac)/;

/** Where the text behind the last sign of equality of a value begins; null where it has none. */
function equalsIn(text: string, start: number, end: number): number | null {
  const at = text.slice(start, end).search(/(?<![<>!=:≤≥])=(?![=>])[^=]*$/);
  if (at < 0) return null;
  const behind = start + at + 1;
  return behind + /^\s*/.exec(text.slice(behind, end))![0].length;
}

const ARITHMETIC = /[\d)%}$]\s*(?:[-+*/×÷·–−]|\\times|\\cdot|\\div|x(?=\s))\s*[$({\\\d.]|\\[dt]?frac/;

/** Whether a stretch of maths ends in what a calculation with numbers comes to: `3 \cdot 4 = 12`. */
export function isWorkedOut(said: string): boolean {
  const last = said.lastIndexOf('=');
  if (last < 0 || /[<>≤≥≠≈]|[!:]=/.test(said) || !NUMBER.test(said.slice(last + 1))) return false;
  const left = said.slice(said.lastIndexOf('=', last - 1) + 1, last);
  return ARITHMETIC.test(left) && !/[a-zA-Z]/.test(left.replace(COMMANDS, ' '));
}

/** What stands for no number, and the sign of a product in plain text. */
const COMMANDS = /\\(?:times|cdot|div|[dt]?frac|[dt]?binom|left|right|quad)(?![a-zA-Z])|(?<=\s)[xX](?=\s)/g;
