/** Words in brackets that take the value before them out of a list: "x = 3 or x = -1 (rejected)". */
const REJECTS =
  /(?<!\bnot )(?<!\p{L})(?:reject(?:ed|s)?|discard(?:ed|s)?|extraneous|inadmissible|not (?:valid|possible|allowed|admissible|acceptable)|invalid|impossible|ruled out)(?!\p{L})|舍去|舍弃|舍|不合题意|不符合题意|不满足|增根|不適|부적합|不合|(?<!\p{L})(?:entfällt|scheidet aus|unzulässig|verworfen|à rejeter|à exclure|rejetée?|exclue?|impossible|se descarta|descartad[ao]|rechazad[ao]|no válid[ao]|da scartare|scartat[ao]|non accettabile|não serve|odrzucam|odpada)(?!\p{L})|не подходит|посторонний|не удовлетворяет/iu;
const LONGEST = 60;
const JOINS = '(?:[,，、;；]|(?<!\\p{L})(?:or|and|oder|und|ou|et|o|y|e|или|и|lub|of|en)(?!\\p{L})|或者?|和)';
const ITEM =
  '(?:\\$[^$\\n]{1,50}\\$|(?:[a-zA-Z](?:_?\\{?\\d\\}?|[₀-₉])?\\s?=\\s?)?[-−–－]?[^\\s,，、;；=或和()$]{1,20})';
/** The item before the bracket, with what joins it to the value before. */
const JOINED = new RegExp(`(?<=[\\w)}\\]$√π²³]\\s?)\\s?${JOINS}\\s?(?:${ITEM})$`, 'u');
const FIRST = new RegExp(`(?:${ITEM})$`, 'u');
const JOINING = new RegExp(`^\\s?${JOINS}\\s?`, 'u');
/** "(x = -1 rejected)": the bracket has its own value. */
const EQUATED = /^[^=]{0,20}[a-zA-Z]\w?\s?=\s?[-−–－]?[^\s=]{1,20}/;
const FARTHEST = 70;

/** The text of the same length without the items of lists that a bracket behind them rejects. */
export function withoutRejectedItems(text: string): string {
  const kept: string[] = [];
  let at = 0;
  let next = text.indexOf('(');
  while (next >= 0) {
    const open = next;
    const close = text.indexOf(')', open);
    if (close < 0) break;
    next = text.indexOf('(', open + 1);
    if (close - open > LONGEST || (next >= 0 && next < close) || !endsInWord(text, open, close)) continue;
    const remark = text.slice(open + 1, close);
    if (!REJECTS.test(remark) || remark.includes('\n')) continue;
    const [start, end] = rejected(text, /\s/.test(text[open - 1] ?? '') ? open - 1 : open, close + 1, remark);
    kept.push(text.slice(at, start), ' '.repeat(end - Math.max(at, start)));
    at = end;
  }
  return at === 0 ? text : kept.join('') + text.slice(at);
}

/** Most brackets are of formulas, and end in a digit or are short. */
function endsInWord(text: string, open: number, close: number): boolean {
  const last = text.charCodeAt(close - 1);
  return last > 0x7f || (close - open > SHORTEST && (last === FULL_STOP || (last >= LETTER_A && last <= LETTER_Z)));
}

const SHORTEST = 5;
const FULL_STOP = 0x2e;
const LETTER_A = 0x61;
const LETTER_Z = 0x7a;

/** From where to where a list is without what the bracket rejects; an empty stretch where that is no item of one. */
function rejected(text: string, open: number, end: number, remark: string): readonly [number, number] {
  if (EQUATED.test(remark)) return [open, end];
  const before = text.slice(Math.max(0, open - FARTHEST), open);
  const joined = JOINED.exec(before)?.[0];
  if (joined !== undefined) return [open - joined.length, end];
  const joining = JOINING.exec(text.slice(end, end + 8))?.[0];
  const first = FIRST.exec(before)?.[0];
  return joining === undefined || first === undefined ? [open, open] : [open - first.length, end + joining.length];
}
