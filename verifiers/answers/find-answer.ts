import type { Convention } from '../port.ts';

/** An answer as it stands in a model's turn. */
export interface Found {
  readonly answer: string;
  readonly found: Convention;
}

/**
 * The answer of a turn: what is in its last box, else behind its last `####` or in its last answer tag, else the
 * object of its last "answer is" sentence, else its last line. Linear in the text. Null where there is none, or none
 * by the conventions that are accepted.
 */
export const findAnswer = (response: string, accept?: readonly Convention[]): Found | null => {
  for (const { convention, find } of finders) {
    if (accept && !accept.includes(convention)) continue;
    const answer = find(response)?.trim();
    if (answer) return { answer: plain(answer), found: convention };
  }
  return null;
};

/** What is looked at of a turn for tags and sentences: answers stand at its end. */
const END_CHARACTERS = 20_000;

const boxed = (text: string): string | null => {
  const start = Math.max(text.lastIndexOf('\\boxed{'), text.lastIndexOf('\\fbox{'));
  if (start < 0) return null;
  const from = text.indexOf('{', start) + 1;
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return withoutText(text.slice(from, at));
  }
  return null;
};

/** `\text{yes}` is `yes`. */
const withoutText = (inner: string): string => {
  const opening = ['\\text{', '\\textbf{', '\\mathrm{', '\\texttt{'].find((one) => inner.trim().startsWith(one));
  const bare = inner.trim();
  return opening && bare.indexOf('}') === bare.length - 1 ? bare.slice(opening.length, -1) : inner;
};

const tagged = (text: string): string | null => {
  const close = text.lastIndexOf('</answer>');
  const open = close < 0 ? -1 : text.lastIndexOf('<answer>', close);
  if (open >= 0) return text.slice(open + '<answer>'.length, close);
  const marks = text.lastIndexOf('####');
  return marks < 0 ? null : (text.slice(marks + 4).split('\n', 1)[0] ?? null);
};

const cues = ['answer is', 'answer:', 'answer =', 'conclusion is', 'result is', 'diagnosis is', 'diagnosis:'];

const cued = (text: string): string | null => {
  const end = text.slice(-END_CHARACTERS);
  const lower = end.toLowerCase();
  const last = cues.map((cue) => ({ cue, at: lower.lastIndexOf(cue) })).reduce((a, b) => (b.at > a.at ? b : a));
  if (last.at < 0) return null;
  const line = end.slice(last.at + last.cue.length).split('\n', 1)[0] ?? '';
  return line.startsWith(':') ? line.slice(1) : line;
};

const lastLine = (text: string): string | null => {
  const end = text.slice(-END_CHARACTERS).trimEnd();
  return end.slice(end.lastIndexOf('\n') + 1) || null;
};

const finders = [
  { convention: 'boxed', find: boxed },
  { convention: 'tagged', find: tagged },
  { convention: 'cue', find: cued },
  { convention: 'last', find: lastLine },
] as const;

/** Without the emphasis, quotes and full stop that stand around an answer. */
const plain = (answer: string): string => {
  let start = 0;
  let end = answer.length;
  const isAround = (at: number): boolean => AROUND.includes(answer[at] as string);
  while (end > start && (isAround(end - 1) || answer[end - 1] === '.')) end--;
  while (start < end && isAround(start)) start++;
  return end > start ? answer.slice(start, end) : answer;
};

const AROUND = ' \t*_`"\'“”‘’$';
