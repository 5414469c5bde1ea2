import type { Latin } from '../../words/language.ts';
import { withoutEntities } from './entities.ts';
import { withoutRejectedItems } from './rejected-items.ts';
import { replacing } from './replacing.ts';

/** Signs of other scripts by the ASCII signs that they stand for; one for one, so that positions stay. */
const DIGIT_ZEROS = ['٠', '۰', '०', '০', '๐', '０'].map((zero) => zero.codePointAt(0)!);
const FOREIGN = /[٠-٩۰-۹०-९০-৯๐-๙！-～　٫٬【】]/g;
const OTHER_SIGNS: Readonly<Record<string, string>> = { '　': ' ', '٫': '.', '【': ' ', '】': ':', '٬': ',' };

/** "therefore" in a formula, and arrows that point to what follows. */
const LEADS = /[∴➜➔➤►]|\\therefore(?![a-z])/g;
/** The number of a source behind a sentence. */
const SOURCE =
  /\[(?=\d)(?<=[ \n]\[)(?<!(?:is|are|be|[:=])\s\[)\d{1,3}(?:, (?:pp?|ch|sec|thm|theorem|chapter|section|page)\.? ?[\d.–-]{1,9})?\](?=[\s.,;]|$)/g;
/** The sign that ends a proof, behind its last sentence. */
const PROVEN =
  /(?<=[.!?\])$}]\s{0,4}|\n\s{0,4})(?:\\hfill\s{0,2})?\$?\\(?:blacksquare|square|Box|qed(?:symbol)?)(?![a-zA-Z])\$?(?=\s*$)/;
/** "Answer -> 5", "is => 5": an arrow in ASCII behind a word, as a sign of its own. */
const ARROW = /(?<=(?:^|\p{L}{2}[*:]{0,3}) ?)(?:[-=]{1,2}>)(?= ?[-\d$\\(*])/gmu;
/** "Answer: 5 | Confidence: 90%" */
const BAR = /\|(?<= \|)(?= \p{Lu}\p{L}{1,20}:)/gu;
const STRUCK = /~~[^~\n]{1,200}~~/g;
/** German "das heißt", whose points end no sentence. */
const THAT_IS = /(?<=[\s(,])d\.\s?h\.(?=\s)/g;
const STRUCK_TAG = /<(del|strike|s)>[^<>\n]{1,200}<\/\1>/gi;
const ANNOTATION = /<<[^<>\n]{0,200}>>/g;
/** `<B>` with no end may be the letter of an option. */
const HTML =
  /<(?!(?-i:[BIUPS])>(?![^<]{0,300}<\/))\/?(?:b|i|u|em|strong|ins|p|div|span|br|hr|li|ul|ol|h[1-6]|center|font|code|pre|kbd|samp|var|mark|small|table|tbody|td|th|tr)(?:\s[^<>\n]{0,200})?\/?>|<a\s[^<>\n]{1,200}>|<\/a>|<!--[^<>\n]{0,200}-->/gi;
/** `%\boxed{3}`: LaTeX that is commented out; in some languages a percentage begins with its sign. */
const COMMENT = /^[ \t]{0,8}%[ \t%]{0,8}\\(?:boxed|fbox|text|begin|\[)[^\n]{0,400}$/gm;
/** The marks of a block of code, with its language. */
const FENCE = /^[ \t]{0,8}(?:```|~~~)[a-z]{0,12}[ \t]*$/gim;
/** `\textbf{Answer: 37}` */
const STRESSED = /\\textbf\{(\p{L}[^{}$\n]{1,60}:[^{}$\n]{0,120})\}/gu;
/** What only places the lines within it. */
const ALIGNED = /\\(?:begin|end)\{(?:center|flushleft|flushright|document|quote|minipage)\}/g;
const BOLD = /(?<![\w)\]])(?:\*{2,3}|__)(?=\S)|(?<=\S)(?:\*{2,3}|__)(?![\w(\\{-])/g;
/** A star between two numbers multiplies: `1800*.01`, `200 *38%`, `5* 3`. */
const MARKS =
  /`|(?<![^\s(])(?:\*|_(?!\{))(?=[^\s*_\d$.]|[\d$.][^*_\n]{0,60}[*_])|(?<=[^\s*_])[*_](?![^\s.,;:!?)]|(?<=\d\*)\.?\s?\$?\d)/g;
/** With the end of the line before, by which they are found; what a line below closes is a formula. */
const LINE_HEADS =
  /[\n\r\u2028\u2029][ \t]{0,8}(?:(?:>[ \t]?){1,3}|[-*•][ \t]|#{1,3}(?!#)|#{5,6}(?!#)|(?:\*\*|__)?\(?\d{1,2}[.)](?:\*\*|__)?[ \t]{1,4}(?=\p{L}|\*\*)|\d{1,2}(?:\)[ \t]{1,4}(?=[\d$\\-])|\.[ \t]{1,4}(?=\$(?!\$)|\\\(|-?\d)))(?![^\n]{0,80}\n[ \t]{0,8}(?:\$\$|\\\]))/gu;
const MAY_HEAD = /[\n\r\u2028\u2029]|^[ \t]{0,8}[->•*#_(\d]/;
/** "3. " counts a list where two stands before it; "16. That is it." is an answer. */
const COUNTED = /^\s*(\d{1,2})\./;

function withoutLineHeads(text: string): string {
  if (!MAY_HEAD.test(text)) return text;
  const counted = new Set([-1, 0]);
  return `\n${text}`
    .replace(LINE_HEADS, (head) => {
      const number = COUNTED.exec(head)?.[1];
      if (number === undefined) return head[0] + blank(head.slice(1));
      if (!counted.has(Number(number) - 1)) return head;
      counted.add(Number(number));
      return head[0] + blank(head.slice(1));
    })
    .slice(1);
}

const RAISED = /<(\/?)(su[bp])>/gi;
/** `2<sup>10</sup>` is `2^{10}`, filled up with braces to its length. */
const raised = (tag: string, slash: string, name: string): string =>
  slash === '/' ? '}}}}'.padEnd(tag.length) : `${name.toLowerCase() === 'sup' ? '^' : '_'}{{{{`;

/** `<sup>2</sup>&frasl;<sub>3</sub>` */
const RAISED_FRACTION = /<sup>(\d{1,9})<\/sup>\s{0,6}[⁄/]<sub>(\d{1,9})<\/sub>/gi;

/** Three and a half, in languages that write it "3,5": a list of two would have a space. */
const DECIMAL_COMMA =
  /(?<=(?:^|[\s:：])[-−]?\d{1,6}),(?=\d{1,2}(?:[€%]|[.!?;]?(?:\s|$)))(?!\d{1,2}\s(?:und|oder|y|o|et|ou|и|или|e|ed|i|en|of|og|och)\s)/gm;

/** The same text with its decimal commas as points. */
export const withPoints = (text: string): string => text.replace(DECIMAL_COMMA, '.');

function jointOf(words: string): RegExp {
  return new RegExp(
    ` (?<=[\\d)}\\]$%²³] )(?:${words}) (?=[-−–]?[\\d$√π(]|\\\\[a-z(]|[a-zA-Z](?:_?\\d|[₀-₉])? ?=)`,
    'g',
  );
}

/** The same text with commas for the words that join two values: "2 und 3", "x = 2 y x = 3". */
export function withCommas(text: string, language: Latin): string {
  const joint = language === 'english' ? null : JOINTS[language];
  return joint === null ? text : text.replace(joint, (word) => ` ,${' '.repeat(word.length - 2)}`);
}

const JOINING: Readonly<Record<Exclude<Latin, 'english'>, string>> = {
  german: 'und|oder|sowie',
  french: 'et|ou',
  spanish: 'y|o|e|u',
  western: 'e|o|ou|i|oraz|lub|en|of|och|eller|og|ve|veya|và|hoặc|dan|atau|ja|tai|és|vagy|a|nebo|și|sau',
};
const JOINTS = Object.fromEntries(
  Object.entries(JOINING).map(([language, words]) => [language, jointOf(words)]),
) as Record<keyof typeof JOINING, RegExp>;
const ANY_JOINT = new RegExp(`[\\d)}\\]$%²³] (?:${Object.values(JOINING).join('|')}) [-−–\\d$√π(\\\\a-zA-Z]`);

/** Whether a word joins two values in any of the languages but English. */
export const joinsValues = (text: string): boolean => ANY_JOINT.test(text);

/** "1.250" in a text that writes no decimal point anywhere. */
const POINTED = /(?<![\d.,${=(\\])(?<![=(\\] )[1-9]\d{0,2}(?:\.\d{3}){1,6}(?![\d,]|\.\d|\s?[$}\\])/g;
const DECIMAL_POINT = /\d\.(?:\d{1,2}(?!\d)|\d{4})|(?<!\d)0\.\d/;

/** The same text with the points that group the digits of its numbers as commas. */
export const withGroups = (text: string): string =>
  text.search(POINTED) >= 0 && !DECIMAL_POINT.test(text)
    ? text.replace(POINTED, (number) => number.replaceAll('.', ','))
    : text;

const blank = (mark: string): string => ' '.repeat(mark.length);

/**
 * A text of the same length in which only what is said is left: marks of Markdown and HTML, struck words and the notes
 * of a calculator are blank; digits and full-width signs are ASCII.
 */
export function clean(text: string): string {
  const ascii = text.replace(FOREIGN, asciiOf);
  const plain = ascii.includes('&') ? withoutEntities(ascii, (sign, entity) => sign.padStart(entity.length)) : ascii;
  return withoutRejectedItems(withoutMarkdown(withoutLineHeads(withoutNotes(withoutProofSign(plain)))));
}

const withoutNotes = replacing([
  [['<sub>'], RAISED_FRACTION, (found, above, below) => ` ${above}/${below}`.padEnd(found.length)],
  [['->', '=>'], ARROW, (arrow) => '⇒'.padStart(arrow.length)],
  [['|'], BAR, '\n'],
  [['```', '~~~'], FENCE, blank],
  [['%'], COMMENT, blank],
  [['~~'], STRUCK, blank],
  [['∴', '\\therefore', '➜', '➔', '➤', '►'], LEADS, blank],
  [['[1', '[2', '[3', '[4', '[5', '[6', '[7', '[8', '[9'], SOURCE, blank],
  [['. h.', '.h.'], THAT_IS, (found) => 'also'.padEnd(found.length)],
  [['<d', '<D', '<s', '<S'], STRUCK_TAG, blank],
  [['<<'], ANNOTATION, blank],
  [['<'], RAISED, (tag, slash, name) => raised(tag, slash!, name!)],
  [['<'], HTML, blank],
]);

const withoutMarkdown = replacing([
  [['\\begin'], ALIGNED, blank],
  [['\\textbf'], STRESSED, (found, said) => `${said!.padStart(found.length - 1)} `],
  [['**', '__'], BOLD, blank],
  [['*', '_', '`'], MARKS, blank],
]);

/** The sign stands at the end, if anywhere. */
const withoutProofSign = (text: string): string =>
  PROVEN.test(text.slice(-FARTHEST_SIGN))
    ? text.slice(0, -FARTHEST_SIGN) + text.slice(-FARTHEST_SIGN).replace(PROVEN, blank)
    : text;
const FARTHEST_SIGN = 40;

function asciiOf(sign: string): string {
  const code = sign.codePointAt(0)!;
  const zero = DIGIT_ZEROS.find((one) => code >= one && code <= one + 9);
  if (zero !== undefined) return String(code - zero);
  return OTHER_SIGNS[sign] ?? String.fromCharCode(code - 0xfee0);
}
