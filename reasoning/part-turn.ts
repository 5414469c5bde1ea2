import { DIALECTS, SPOKEN_DIALECTS, TURN_ENDS } from './dialects.ts';

/** A model's turn as its reader gets it; no part holds a mark of a dialect or of the turn's end. */
export interface Turn {
  /** What was thought, without marks; empty where nothing was. */
  readonly reasoning: string;
  /** What was answered, as it stands there. */
  readonly answer: string;
  /** Whether thinking was begun and never closed: the turn was cut off, and there is no answer. */
  readonly cut: boolean;
}

type Mark = 'open' | 'close' | 'end';

const MARKS: ReadonlyMap<string, Mark> = new Map([
  ...TURN_ENDS.map((mark) => [mark.toLowerCase(), 'end'] as const),
  ...DIALECTS.flatMap(({ opens }) => opens.map((mark) => [mark.toLowerCase(), 'open'] as const)),
  ...DIALECTS.flatMap(({ closes }) => closes.map((mark) => [mark.toLowerCase(), 'close'] as const)),
]);

const escaped = (mark: string): string => mark.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
/** Some tags say more of themselves: `<think time="3">`. */
const WITH_ATTRIBUTES = '<think(?:ing)?\\s[^<>\\n]{1,80}>';
/** The longest first, so that no mark is read as the head of another. */
const ANY_MARK = new RegExp(
  [...[...MARKS.keys()].sort((a, b) => b.length - a.length).map(escaped), WITH_ATTRIBUTES].join('|'),
  'gi',
);
const HEADS = [...MARKS.keys(), '<|', '<r', '</'];
const signsAt = (at: number): string => [...new Set(HEADS.map((mark) => escaped(mark[at]!)))].join('');
/** The first two signs of the marks: most turns hold nothing of the kind, and are not searched for each of them. */
const MAY_MARK = new RegExp(`[${signsAt(0)}][${signsAt(1)}]`, 'i');
/** What harmony and Granite 3.3 set between a mark and the text. */
const AFTER_MARK = /^(?:[^<>\n]{0,40}(?:<\|constrain\|>[^<>\n]{0,40})?<\|message\|>|\s{0,20}<response>)/i;
const CONTINUES = /^\s{0,5}<\|start\|>/;
/** Who speaks: before the marks, for one of them begins it. */
const HEADER = /<\|(?:im_)?start(?:_header_id)?\|>(?:assistant)?/gi;
const FRAME = /<\|(?:message|channel|constrain|end_header_id)\|>|<\/?response>(?=\s*$)/gi;
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
  const where = boundaries(text);
  const { thoughtFrom, thoughtTo, answerTo, cut } = where;
  const reasoning = withoutMarks(text.slice(thoughtFrom, cut ? answerTo : thoughtTo)).trim();
  return { reasoning, answer: answerAt(text, where), cut };
}

/** The answer alone: of a long turn the thinking is most. */
export const answerOf = (text: string): string => answerAt(text, boundaries(text));

function answerAt(text: string, { answerFrom, answerTo, cut, marked }: Boundaries): string {
  if (cut) return '';
  if (!marked) return text.slice(answerFrom);
  const said = text.slice(answerFrom, answerTo);
  return withoutMarks(said.slice(0, -64) + said.slice(-64).replace(UNKNOWN_LAST, ''));
}

/** A text without any mark. A space takes a mark's place: with nothing there, its neighbours could join into another. */
export const withoutMarks = (text: string): string =>
  MAY_MARK.test(text) ? text.replace(HEADER, ' ').replace(ANY_MARK, ' ').replace(FRAME, ' ') : text;

interface Boundaries extends Spoken {
  readonly answerTo: number;
  /** Whether anything in the text looks like the beginning of a mark. */
  readonly marked: boolean;
}

interface Spoken {
  /** Behind and before the words of a spoken dialect, which are no marks elsewhere. */
  readonly thoughtFrom: number;
  readonly thoughtTo: number;
  readonly answerFrom: number;
  readonly cut: boolean;
}

function boundaries(text: string): Boundaries {
  const spoken = spokenBoundaries(text);
  if (!MAY_MARK.test(text)) return { ...spoken, answerTo: text.length, marked: false };
  const { thoughtFrom } = spoken;
  let { thoughtTo, cut } = spoken;
  /** Behind the last closing mark; where the answer begins there is looked for once. */
  let closed: number | null = null;
  const answerFrom = (): number => (closed === null ? spoken.answerFrom : closed + afterMark(text, closed));
  ANY_MARK.lastIndex = 0;
  for (let match = ANY_MARK.exec(text); match !== null; match = ANY_MARK.exec(text)) {
    const { index, 0: found } = match;
    const after = index + found.length;
    const kind = MARKS.get(found) ?? MARKS.get(found.toLowerCase()) ?? 'open';
    if (kind === 'open') cut = cut || text[index - 1] !== '`';
    else if (kind === 'close') {
      cut = false;
      thoughtTo = index;
      closed = after;
    } else if (text.slice(answerFrom(), index).trim() !== '' && !CONTINUES.test(text.slice(after, after + 20)))
      return { thoughtFrom, thoughtTo, answerFrom: answerFrom(), answerTo: index, cut, marked: true };
  }
  return { thoughtFrom, thoughtTo, answerFrom: answerFrom(), answerTo: text.length, cut, marked: true };
}

const afterMark = (text: string, at: number): number => AFTER_MARK.exec(text.slice(at, at + 120))?.[0].length ?? 0;

function spokenBoundaries(text: string): Spoken {
  const head = text.slice(0, 240);
  const dialect = SPOKEN_DIALECTS.find(({ opens }) => opens.test(head));
  if (dialect === undefined) return { thoughtFrom: 0, thoughtTo: 0, answerFrom: 0, cut: false };
  const thoughtFrom = dialect.opens.exec(head)?.[0].length ?? 0;
  const last = [...text.matchAll(dialect.closes)].at(-1);
  if (last === undefined) return { thoughtFrom, thoughtTo: text.length, answerFrom: 0, cut: true };
  return { thoughtFrom, thoughtTo: last.index, answerFrom: last.index + last[0].length, cut: false };
}
