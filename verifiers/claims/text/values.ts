import { firstFrom, type Range } from '../words/phrases.ts';
import { isWorkedOut, withResults } from './calculations.ts';
import type { Segment } from './formulas.ts';
import { plainExpressions } from './plain.ts';
import type { Value } from './value.ts';

const SIGN_BEFORE = /(?<=^|[\s(:：=])[-–−+±]\s?$|[负負]\s?$/u;
const ONLY_SIGNS = /^[\s\-–−—+*/^=<>≤≥≈≃±×·÷:;,∪∩\\]{0,8}$/;
const LONE_LETTER = /^[\s${}()\\]*(?:\\(?:text|mathrm|mathbf)\s?\{)?\\?\p{L}+(?:_\{?\w{1,4}\}?)?[\s${}()\\.]*$/u;
/** `$AB$`, `$f(x)$`, `$(a, b)$`: letters alone, which name what is spoken of. */
const LETTERS_ONLY = /^[\s$()\\,a-zA-Z_{}'|+*-]*$/;
const WORDED = /\\(?:text|pi|infty|emptyset|varnothing|sqrt|frac|dfrac|tfrac|mathbb)/;

/** The values of a stretch of text in order; `formulas` are those of the whole text. */
export function valuesIn(text: string, { start, end }: Range, formulas: readonly Segment[]): Value[] {
  const values: Value[] = [];
  let from = start;
  for (const formula of within(formulas, start, end)) {
    values.push(...plainValues(text, from, formula.start), asValue(text, formula.start, formula.end));
    from = formula.end;
  }
  values.push(...plainValues(text, from, end));
  const all = merged(
    text,
    start,
    values.map((value) => signed(text, { start, end }, value)),
  ).map((value) => ({
    ...value,
    from: value.start,
    worked: isWorkedOut(text.slice(Math.max(value.start, value.end - 200), value.end)),
  }));
  return withResults(text, all);
}

/** What is numbered, not counted: "Step 3", "Figure 2". */
const NUMBERED =
  /\b(?:step|case|part|problem|question|figure|fig\.?|table|equations?|eqs?\.?|exercise|section|lemma|theorem|method|chapter|example|approach|claim|stage|phase|round|formulas?|identity|relation|rule|property|corollary|page|line|no\.)\s{1,3}\(?$/i;

/** "the equation y = 2x - 5" is followed by what it says, and by no number. */
const SAYS = /\b(?:equation|eq\.?|formula|relation|identity|rule|line)\s{1,3}$/i;
const EQUATION = /^(?!\(?\d{1,3}\)?(?:[\s,:]|$))[^,:;]{1,80}=/;

const isNumbered = (text: string, { start, end }: Range): boolean => {
  const before = text.slice(Math.max(0, start - 14), start);
  return NUMBERED.test(before) && !(SAYS.test(before) && EQUATION.test(text.slice(start, Math.min(end, start + 90))));
};

/** "By formula (2), N = 15": what follows the number. */
function behindNumber(text: string, { start, end }: Range): Range[] {
  const number = /^\(?\d{1,3}(?:\.\d{1,3})*\)?[,:]\s/.exec(text.slice(start, Math.min(end, start + 14)));
  return number === null ? [] : [{ start: start + number[0].length, end }];
}

const PART = /^\(?(?:[a-h]|i{1,3}|iv|v)\)(?:\s(?=[-\d.])|$)/;

/** "(b) 7" at the beginning of a line: what answers a part, and the part. */
function withoutPart(text: string, { start, end }: Range): Range[] {
  if (text[start] !== '(' && text[start + 1] !== ')') return [{ start, end }];
  const part = PART.exec(text.slice(start, Math.min(end, start + 6)))?.[0];
  if (part === undefined || !/(?:^|\n)[ \t]{0,8}\(?$/.test(text.slice(Math.max(0, start - 10), start)))
    return [{ start, end }];
  return start + part.length < end ? [{ start: start + part.length, end }] : [];
}

const OPTION = /\b(?:option|choice)\s\(?$/i;

/** "Option D, 26, is correct": a choice with what it says. */
function withOption(text: string, { start, end }: Range): Range {
  if (!/^[A-J]\)?, (?![A-J]\b)\S/.test(text.slice(start, start + 6))) return { start, end };
  const named = OPTION.exec(text.slice(Math.max(0, start - 9), start));
  return { start: start - (named?.[0].length ?? 0), end };
}

const plainValues = (text: string, from: number, to: number): Value[] =>
  from >= to
    ? []
    : plainExpressions(text, from, to)
        .flatMap((run) => withoutPart(text, run))
        .flatMap((run) => (isNumbered(text, run) ? behindNumber(text, run) : [withOption(text, run)]))
        .map((run) => asValue(text, run.start, run.end));

function asValue(text: string, start: number, end: number): Value {
  const content = text.slice(start, Math.min(end, start + 200));
  const names =
    /^\d{1,9}(?:st|nd|rd|th)$/.test(content) ||
    LONE_LETTER.test(content) ||
    (LETTERS_ONLY.test(content) && !WORDED.test(content));
  return { start, end, names, worked: false, from: start };
}

const MONTHS =
  '(?:Jan(?:uary|\\.)|Feb(?:ruary|\\.)|Mar(?:ch|\\.)|Apr(?:il|\\.)|May|June?|July?|Jun\\.|Jul\\.|Aug(?:ust|\\.)|Sep(?:tember|\\.|t\\.)|Oct(?:ober|\\.)|Nov(?:ember|\\.)|Dec(?:ember|\\.))';
const MONTH = new RegExp(`(?<!\\p{L}|\\b[iI]n )${MONTHS}\\s(?:the\\s)?$`, 'u');
/** "the 4th of July", "4 July" */
const OF_MONTH = new RegExp(`^\\s(?:of\\s)?${MONTHS}(?!\\p{L})`, 'u');

/** With the month or the sign that belongs to it. */
function signed(text: string, { start: from, end: to }: Range, value: Value): Value {
  const month = MONTH.exec(text.slice(Math.max(from, value.start - 18), value.start))?.[0];
  if (month !== undefined) return { ...value, start: value.start - month.length, names: false };
  const behind = OF_MONTH.exec(text.slice(value.end, Math.min(to, value.end + 14)))?.[0];
  if (behind !== undefined && /^\d{1,2}(?:st|nd|rd|th)?$/.test(text.slice(value.start, value.end)))
    return { ...value, end: value.end + behind.length, names: false };
  const sign = SIGN_BEFORE.exec(text.slice(Math.max(from, value.start - 3), value.start))?.[0];
  return sign === undefined ? value : { ...value, start: value.start - sign.length };
}

function merged(text: string, from: number, values: readonly Value[]): Value[] {
  const result: Value[] = [];
  for (const value of values) {
    const previous = result.at(-1);
    if (previous !== undefined && value.start - previous.end <= 8 && joinedBySigns(text, previous.end, value.start))
      result[result.length - 1] = { ...value, start: previous.start, names: previous.names && value.names };
    else if (value.start >= from) result.push(value);
  }
  return result;
}

/** "25% of 300 = 75", "1/3 of 60 = 20": the share belongs to what it is said to equal. */
const SHARE = /(?:\d ?%|\d\/\d{1,9}|\\%\$?)$/;
/** "6分の1", "6分之1" */
const PARTS_OF = /^分[の之]$/;
const FORMULA_END = /[$)]/;
const FACTOR = /^(?!s\b)[\p{L}√∞²³(]/u;
const EQUATED = /^\$?\d[\d.,]{0,20}(?: ?=|\$?\s*$)/;

function joinedBySigns(text: string, from: number, to: number): boolean {
  const gap = text.slice(from, to);
  // "$144$$x$", "$144$.5"
  if (gap === '' || (gap === '.' && /\d/.test(text[to]!))) return true;
  if (gap === ' of ')
    return EQUATED.test(text.slice(to, to + 24)) && SHARE.test(text.slice(Math.max(0, from - 12), from));
  if (PARTS_OF.test(gap)) return true;
  // "$144$x", "$144$π": a factor outside of the formula.
  if (gap === '') return FORMULA_END.test(text[from - 1]!) && FACTOR.test(text.slice(to, to + 2));
  return gap.trim() !== '' && ONLY_SIGNS.test(gap) && (!/[,;:]\s/.test(gap) || gap === ' : ');
}

/** Of ranges in order those that lie in a stretch. */
export function within<T extends Range>(ranges: readonly T[], start: number, end: number): T[] {
  const found: T[] = [];
  for (let index = firstFrom(ranges, start); index < ranges.length && ranges[index]!.end <= end; index += 1)
    found.push(ranges[index]!);
  return found;
}
