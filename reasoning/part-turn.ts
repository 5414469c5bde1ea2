import { DIALECTS, SPOKEN_DIALECTS, TURN_ENDS } from './dialects.ts';
import { finderOf, type Marks as MarksOf } from './find-marks.ts';

/** A model's turn as its reader gets it; no part holds a mark of a dialect or of the turn's end. */
export interface Turn {
  /** What was thought, without marks; empty where nothing was. */
  readonly reasoning: string;
  /** What was answered, as it stands there. */
  readonly answer: string;
  /** Whether thinking was begun and never closed: the turn was cut off, and there is no answer. */
  readonly cut: boolean;
}

/**
 * `tag`: the head of an opening one that says more of itself, `<think time="3">`. `frame`: who speaks, and what stands
 * between the marks; it says nothing, and goes with them.
 */
type Mark = 'open' | 'close' | 'end' | 'tag' | 'frame';

const SPEAKS = ['<|start|>', '<|im_start|>', '<|start_header_id|>', '<|im_start_header_id|>'];
const MARKS: ReadonlyMap<string, Mark> = new Map([
  ...['<|message|>', '<|channel|>', '<|constrain|>', '<|end_header_id|>', ...SPEAKS].map(
    (mark) => [mark, 'frame'] as const,
  ),
  ...['<think', '<thinking'].flatMap((head) => [' ', '\t', '\n'].map((blank) => [head + blank, 'tag'] as const)),
  ...TURN_ENDS.map((mark) => [mark, 'end'] as const),
  ...SPEAKS.map((mark) => [`${mark}assistant`, TURN_ENDS.includes(mark) ? 'end' : 'frame'] as const),
  ...DIALECTS.flatMap(({ opens }) => opens.map((mark) => [mark, 'open'] as const)),
  ...DIALECTS.flatMap(({ closes }) => closes.map((mark) => [mark, 'close'] as const)),
]);
const findMarks = finderOf(MARKS);

const HEADS = [...MARKS.keys(), '<|', '<r', '</'];
const signsAt = (at: number): string =>
  [...new Set(HEADS.map((mark) => mark[at]!.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')))].join('');
/** The first two signs of the marks: most turns hold nothing of the kind, and are not searched for each of them. */
const MAY_MARK = new RegExp(`[${signsAt(0)}][${signsAt(1)}]`, 'i');
/** What harmony and Granite 3.3 set between a mark and the text. */
const AFTER_MARK = /(?:[^<>\n]{0,40}(?:<\|constrain\|>[^<>\n]{0,40})?<\|message\|>|\s{0,20}<response>)/iy;
const CONTINUES = /\s{0,5}<\|start\|>/y;
const BLANK = /\s+/y;
/** What a tag says of itself. */
const REST_OF_TAG = /[^<>\n]{1,80}>/y;
const RESPONSE_LAST = /<\/?response>(?=\s*$)/gi;
/** A special token that no table knows, at the very end. */
const UNKNOWN_LAST = /<[|｜](?!(?:begin|end)_of_box)[A-Za-z_▁]{1,24}[|｜]>.{0,20}$/s;

/**
 * Parts a turn into its thinking and its answer, in whichever dialect it was written; time is linear in its length.
 *
 * What stands before the last closing mark is thinking, whether or not an opening one was printed (chat templates
 * often hold it), or printed twice. An opening mark that is never closed was cut off: all is thinking. What follows
 * the mark that ends the turn was never said.
 */
export function partTurn(text: string): Turn {
  if (isUnparted(text)) return { reasoning: '', answer: text, cut: false };
  const marks = marksIn(text);
  const where = boundaries(text, marks);
  const { thoughtFrom, thoughtTo, answerTo, cut } = where;
  const reasoning = unmarked(text, marks, thoughtFrom, cut ? answerTo : thoughtTo).trim();
  return { reasoning, answer: answerAt(text, marks, where), cut };
}

/** The answer alone: of a long turn the thinking is most. */
export const answerOf = (text: string): string => {
  if (isUnparted(text)) return text;
  const marks = marksIn(text);
  return answerAt(text, marks, boundaries(text, marks));
};

/** Most turns are an answer and nothing else. */
const isUnparted = (text: string): boolean => !MAY_MARK.test(text) && !SPEAKS_FIRST.test(text.slice(0, LONGEST_HEAD));

/** Whether one of the spoken dialects begins. */
const SPEAKS_FIRST = new RegExp(SPOKEN_DIALECTS.map(({ opens }) => opens.source).join('|'));
const LONGEST_HEAD = 240;

/** A text without any mark. */
export const withoutMarks = (text: string): string => unmarked(text, marksIn(text), 0, text.length);

type Marks = MarksOf<Mark>;

function marksIn(text: string): Marks {
  if (!MAY_MARK.test(text)) return NONE;
  const marks = findMarks(text);
  return marks.kinds.includes('tag') ? withWholeTags(text, marks) : marks;
}

const NONE: Marks = { kinds: [], starts: [], ends: [] };

/** A head without the rest of its tag is no mark, and what stands within a tag belongs to it. */
function withWholeTags(text: string, { kinds, starts, ends }: Marks): Marks {
  const whole: { kinds: Mark[]; starts: number[]; ends: number[] } = { kinds: [], starts: [], ends: [] };
  for (const [index, kind] of kinds.entries()) {
    const [start, end] = [starts[index]!, ends[index]!];
    const isTag = kind === 'tag';
    if (start < (whole.ends.at(-1) ?? 0) || (isTag && !stands(REST_OF_TAG, text, end))) continue;
    whole.kinds.push(isTag ? 'open' : kind);
    whole.starts.push(start);
    whole.ends.push(isTag ? REST_OF_TAG.lastIndex : end);
  }
  return whole;
}

function answerAt(text: string, marks: Marks, { answerFrom, answerTo, cut }: Boundaries): string {
  if (cut) return '';
  const said = unmarked(text, marks, answerFrom, answerTo);
  const end = said.slice(-64);
  return UNKNOWN_LAST.test(end) ? said.slice(0, -64) + end.replace(UNKNOWN_LAST, '') : said;
}

/** Part of a text without its marks. A space takes the place of some in a row: with nothing there, their neighbours could join into one. */
function unmarked(text: string, { starts, ends }: Marks, from: number, to: number): string {
  const said: string[] = [];
  let at = from;
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index]!;
    if (start < at || start >= to) continue;
    if (start > at || at === from) said.push(text.slice(at, start));
    at = ends[index]!;
  }
  said.push(text.slice(at, Math.max(at, to)));
  return said.join(' ').replace(RESPONSE_LAST, ' ');
}

interface Boundaries extends Spoken {
  readonly answerTo: number;
}

interface Spoken {
  /** Behind and before the words of a spoken dialect, which are no marks elsewhere. */
  readonly thoughtFrom: number;
  readonly thoughtTo: number;
  readonly answerFrom: number;
  readonly cut: boolean;
}

function boundaries(text: string, { kinds, starts, ends }: Marks): Boundaries {
  const spoken = spokenBoundaries(text);
  const { thoughtFrom } = spoken;
  let { thoughtTo, cut } = spoken;
  /** Behind the last closing mark; what follows it is looked at when a turn may end there, and once. */
  let closed: number | null = null;
  let saidFrom: number | null = null;
  const answerFrom = (): number => (closed === null ? spoken.answerFrom : behind(AFTER_MARK, text, closed));
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index]!;
    const kind = kinds[index];
    const end = ends[index]!;
    if (kind === 'open') cut = cut || text[start - 1] !== '`';
    else if (kind === 'close') {
      cut = false;
      thoughtTo = start;
      closed = end;
      saidFrom = null;
    } else if (kind === 'end') {
      saidFrom ??= behind(BLANK, text, answerFrom());
      if (saidFrom < start && !stands(CONTINUES, text, end))
        return { thoughtFrom, thoughtTo, answerFrom: answerFrom(), answerTo: start, cut };
    }
  }
  return { thoughtFrom, thoughtTo, answerFrom: answerFrom(), answerTo: text.length, cut };
}

/** Whether a sticky pattern stands at a place. */
const stands = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

/** Where what stands at a place ends: there, where it is nothing. */
const behind = (pattern: RegExp, text: string, at: number): number =>
  stands(pattern, text, at) ? pattern.lastIndex : at;

function spokenBoundaries(text: string): Spoken {
  const head = text.slice(0, LONGEST_HEAD);
  const dialect = SPOKEN_DIALECTS.find(({ opens }) => opens.test(head));
  if (dialect === undefined) return { thoughtFrom: 0, thoughtTo: 0, answerFrom: 0, cut: false };
  const thoughtFrom = dialect.opens.exec(head)?.[0].length ?? 0;
  const last = [...text.matchAll(dialect.closes)].at(-1);
  if (last === undefined) return { thoughtFrom, thoughtTo: text.length, answerFrom: 0, cut: true };
  return { thoughtFrom, thoughtTo: last.index, answerFrom: last.index + last[0].length, cut: false };
}
