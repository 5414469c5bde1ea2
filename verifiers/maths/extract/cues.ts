import type { Convention } from './candidate.ts';

/** The place after a cue ("the answer is", `####`) where an answer is to be read. */
export interface Cue {
  readonly convention: Convention;
  readonly at: number;
}

/** What links "answer" to the answer within one sentence: "the answer to the first part **is** 5". */
const LINK =
  /(?<!\p{L})(?:is|are|was|be|equals?|becomes|es|est|ist|è|é)(?!\p{L})(?:\s*[:：])?|[:：=是为は]|\\(?:Rightarrow|implies)/iu;
const SENTENCE_WINDOW = 140;
/** Only the last few cues of a kind are tried: the answer is wanted, not its announcements. */
const TRIED = 6;

const POSED =
  /\b(?:if|suppose|supposing|assume|assuming|whether|said|says|claim(?:s|ed))(?:\s{1,3}that)?\s{1,3}(?:(?:the|our|your|his|her|their)\s{1,3})?(?:(?:final|correct|right)\s{1,3})?$|\bto\s{1,3}$/i;
const ASKED = /^[^.!?\n]{0,100}\?/;

interface Kind {
  readonly convention: Convention;
  readonly words: RegExp;
  readonly linked: boolean;
}

const KINDS: readonly (readonly Kind[])[] = [
  [
    { convention: 'final answer', words: /final\s{1,3}(?:answer|result|solution)/gi, linked: true },
    { convention: 'final answer', words: /最终答案|最后答案|最終答案/g, linked: true },
  ],
  [{ convention: 'hash marks', words: /####[ \t]*/g, linked: false }],
  [
    { convention: 'answer cue', words: /(?<!<\/)\banswer\b|\bans\b(?=\s*[:.=])/gi, linked: true },
    {
      convention: 'answer cue',
      words:
        /(?<!\p{L})(?:ответ|réponse|respuesta|resposta|risposta|antwort|odpowiedź|cevap|jawaban|đáp (?:án|số)|정답|답)(?!\p{L})|答え/giu,
      linked: true,
    },
    { convention: 'answer cue', words: /故选择?[:：]?|故答案[是为][:：]?/g, linked: false },
    { convention: 'answer cue', words: /(?:答案|答)(?=\s{0,2}(?:应该|应)?\s{0,2}[是为:：])/g, linked: true },
    { convention: 'answer cue', words: /^[ \t>*]{0,8}A\s?:/gm, linked: false },
  ],
];

/** The cues of a text in the order of trust, among the equally trusted the last one first. */
export function* findCues(text: string): Generator<Cue> {
  const closing = closingMarks(text);
  if (closing !== null) yield closing;
  for (const kinds of KINDS) {
    const places = kinds.flatMap((kind) => lastPlaces(text, kind)).sort((one, other) => other.end - one.end);
    for (const { kind, start, end } of places.slice(0, TRIED)) {
      if (kind.linked && isPosed(text, start, end)) continue;
      const at = kind.linked ? afterLink(text, end) : end;
      if (at !== null) yield { convention: kind.convention, at };
    }
  }
}

/** `#### 18` as the last line is how GSM8K ends a solution, whatever was announced before. */
function closingMarks(text: string): Cue | null {
  const at = text.lastIndexOf('####');
  const line = text.slice(at + 4);
  return at >= 0 && line.length <= 80 && /^[^a-zA-Z]*\d[^a-zA-Z]*$/.test(line)
    ? { convention: 'hash marks', at: at + 4 }
    : null;
}

interface Place {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

function lastPlaces(text: string, kind: Kind): Place[] {
  const matches = [...text.matchAll(kind.words)].slice(-TRIED);
  return matches.map((match) => ({ kind, start: match.index, end: match.index + match[0].length }));
}

/** An answer that is asked for, supposed, or somebody else's. */
function isPosed(text: string, start: number, end: number): boolean {
  return POSED.test(text.slice(Math.max(0, start - 60), start)) || ASKED.test(text.slice(end, end + 102));
}

function afterLink(text: string, end: number): number | null {
  const window = text.slice(end, end + SENTENCE_WINDOW);
  const sentence = window.slice(0, /[.!?](?=\s)|\n\s*\n/.exec(window)?.index ?? window.length);
  const link = LINK.exec(sentence);
  if (link !== null) return end + link.index + link[0].length;
  const gap = /^[\s*_#>"'”`]{0,12}/.exec(window)![0];
  return /^[\d$\\(-]/.test(window.slice(gap.length)) ? end + gap.length : headedBelow(window, end);
}

/** `## Answer`, then the answer on the next line. */
function headedBelow(window: string, end: number): number | null {
  const heading = /^[\s*_#]*\n/.exec(window);
  return heading === null ? null : end + heading[0].length;
}
