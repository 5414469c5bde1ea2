import { clauseAt, isDoubted, readClause, sentenceBefore } from './clause.ts';
import { lettersIn } from './letters.ts';
import type { Option, Reading } from './options.ts';

const CUE =
  /(?<!\p{L})(?:answers?(?!\s(?:choices|options)\b)|ans|(?:correct|right|best|only|final|my|appropriate|accurate|suitable|likely|proper|selected|chosen)\s(?:option|choice|response|letter|statement)|respuesta(?:\s+correcta)?|réponse|antwort|resposta|risposta|ответ|odpowiedź)(?!\p{L})|答案|答え|正解|正确选项|정답|(?<picks>选择?(?!项))/giu;
const LINK =
  /(?<![\p{L}'’])(?:is|are|was|be|es|ist|lautet|est|é|è|jest)(?![\p{L}'’])\s*[:：]?|[:：=>]|(?:应该)?[是为為选](?:选项)?[:：]?|[は은는]/u;
/** Between cue and link nothing may begin a clause of its own, and nothing may deny. */
const BREAKS = /\b(?:because|since|which|that|when|where|but|if|whether|while)\b|\b(?:not|never|cannot)\b|n['’]t\b/i;
const OTHERS = /\b(?:wrong|incorrect|false|other|another|previous|to)\s*$/i;
const ALONE = /^[([]?[A-Za-z][)\]]?[.:]?$/;
const WINDOW = 100;
/** Only the last few cues are tried: the answer is wanted, not its announcements. */
const TRIED = 40;

/** The choice that is announced as the answer ("the answer is B", "Answer: B", `<answer>B`): the last time counts. */
export function announced(text: string, options: readonly Option[]): Reading {
  for (const cue of [...text.matchAll(CUE)].slice(-TRIED).reverse()) {
    const before = sentenceBefore(text, cue.index);
    if (isDoubted(before) || OTHERS.test(before)) continue;
    const letters = readBehind(text, cue.index + cue[0].length, cue.groups?.picks !== undefined, options);
    if (letters.length > 0) return letters;
  }
  return [];
}

function readBehind(text: string, end: number, linked: boolean, options: readonly Option[]): Reading {
  const start = linked ? end + /^\s?[:：]?/.exec(text.slice(end, end + 2))![0].length : afterLink(text, end);
  const clause = clauseAt(text, start ?? end);
  if (clause === null) return [];
  if (start !== null) return readClause(clause, options);
  return ALONE.test(clause) ? lettersIn(clause, options) : [];
}

/** Behind "is" or a colon, or on the line below a heading; null where nothing links the cue to what follows. */
function afterLink(text: string, end: number): number | null {
  const window = text.slice(end, end + WINDOW);
  const heading = /^[\s#>]*\n\s*/.exec(window)?.[0].length;
  if (heading !== undefined) return end + heading;
  const sentence = window.split(/[.!?。！？](?=\s)|\n/, 1)[0]!;
  const link = LINK.exec(sentence);
  return link === null || BREAKS.test(sentence.slice(0, link.index)) ? null : end + link.index + link[0].length;
}
