import { lackingAbroad, mayLackAbroad } from './absences-abroad.ts';

/** What languages say of what is not there, as patterns: they reach over words that no list holds. */

const KIND =
  '(?:such|real|positive|integer|integral|rational|valid|possible|feasible|whole|natural|complex|prime|common)';
const THING =
  '(?:solutions?|roots?|values?|numbers?|integers?|pairs?|triples?|zeros?|primes?|functions?|polynomials?|points?|ways?|answers?|limits?|\\$?\\\\?\\(?[a-z]\\\\?\\)?\\$?)';
const NOTHING = `no\\s(?:${KIND}\\s){0,3}${THING}(?![\\w'’])`;

/** "no such number", "no real roots exist", and nothing else. */
export const isNothing = (said: string): boolean => NOTHING_AT_ALL.test(said);

const NOTHING_AT_ALL = new RegExp(`^\\s*${NOTHING}(?:\\s(?:exists?))?\\s*$`, 'i');

const LACKING = new RegExp(
  `^(?:(?:we (?:conclude|find|see) that|that|it follows that)\\s)?(?:there(?:\\s(?:is|are|exists?)|['’]s)\\s(${NOTHING})(?![^,;:]*\\s(?:so|but)\\s)|[^,;:]{0,80}?\\s(?:has|have)\\s(${NOTHING})$|(${NOTHING}(?:\\sof\\s\\$?[a-z]\\$?)?\\s(?:exists?|works?|is possible|are possible|satisf(?:y|ies)\\b.*)$))`,
  'i',
);

/** A limit or a sum that is not there. */
const LOST =
  /(?:(?:does|do)(?: not|n['’]t) (?:exist|converge)|dne|fails? to exist|goes to (?:positive |negative |plus |minus )?infinity|(?:converges|diverges)(?: absolutely| conditionally)?(?: to (?:(?:positive |negative |plus |minus )?infinity|zero))?)(?=$|\sby\b|\s(?:at|as) \$?\\?\(?[a-z]\s?(?:=|→|\\to|approaches|tends)[^,;]{1,24}$)|n['’]existe pas(?=$)|no existe(?=$)|existiert nicht(?=$)|не существует(?=$)/iu;

/** It says something else before: "the limit is 5 as the sequence converges". */
const SAID_BEFORE = /\b(?:as|is|are|equals|and|or|which|where)\b|=/i;

/** What limits a lack: "no solutions other than 3", "no further ones". */
const LIMITED =
  /\b(?:other|others|another|else|more|further|additional|except|besides|beyond|apart|remaining|left|if|unless|when|otherwise|because|since)\b/i;

const OF_WHICH =
  /^(?:\s\$?[a-z]\$?)?,?\s(?:for which|such that|so that|satisfying|that satisf|which satisf|with the property|with \$?[a-z]\$?\s?=)/;

const VERDICT =
  /^(?:the|this|that)\s(?:given\s)?(?:statement|claim|assertion|conjecture|proposition)\s(?:is|must be)\s(?:therefore\s|thus\s|hence\s|indeed\s)?(true|false|correct|incorrect|not true)(?=\s?[:;,—–-]|\s(?:since|because|as|for)\b)/i;

/** The quick test that spares most clauses the slow ones. */
const MAY_LACK =
  /не существует|existiert|n['’]existe|existe|\b(?:no|not|true|false|correct|incorrect|converges|diverges|dne|fails?|infinity)\b|n['’]t\b/i;

export const mayLack = (said: string): boolean => MAY_LACK.test(said) || mayLackAbroad(said);

/** A stretch of what was looked at. */
interface Found {
  readonly start: number;
  readonly end: number;
}

/** "there are no real roots", "no such n exists", "the system has no solution": what is lacking. */
export function lackingIn(said: string): Found | null {
  const what =
    LACKING.exec(said)
      ?.slice(1)
      .find((one) => one !== undefined) ??
    lackingAbroad(said) ??
    undefined;
  return what === undefined ? null : at(said.indexOf(what), what);
}

/** "the limit does not exist", where nothing else is said before. */
export function lostIn(said: string): Found | null {
  const lost = LOST.exec(said);
  return lost === null || SAID_BEFORE.test(said.slice(0, lost.index)) ? null : at(lost.index, lost[0]);
}

/** "The claim is false: take n = 41": what is held of a statement before a reason. */
export function verdictIn(said: string): Found | null {
  const match = VERDICT.exec(said);
  return match === null ? null : at(match[0].length - match[1]!.length, match[1]!);
}

const at = (start: number, what: string): Found => ({ start, end: start + what.length });

/** Whether something is lacking only beside others, or in some cases. */
export const isLimited = (said: string): boolean => LIMITED.test(said);

/** Which of them: "no integer $n$ such that…". */
export const saysWhich = (rest: string): boolean => OF_WHICH.test(rest);
