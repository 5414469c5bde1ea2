import { answersIn } from '../claims/choose.ts';
import { claimsIn } from '../claims/claims.ts';
import type { Convention } from '../port.ts';

/** An answer as it stands in a model's turn. */
export interface Found {
  readonly answer: string;
  readonly found: Convention;
}

/**
 * What a turn states as its answer, by a convention that is accepted, the most trusted first: what is denied, supposed or
 * taken back is none. Linear in the text. Null where there is none.
 */
export const findAnswer = (response: string, accept?: readonly Convention[]): Found | null => {
  const claims = answersIn(claimsIn(response), accept);
  const claim = claims.find(({ how }) => how !== 'last') ?? null;
  if (claim) return { answer: plain(claim.text), found: claim.how };
  const end = response.slice(-END_CHARACTERS).trimEnd();
  const named = accept && !accept.includes('cue') ? null : behindName(end);
  if (named) return { answer: plain(named), found: 'cue' };
  if (accept && !accept.includes('last')) return null;
  const last = claims[0]?.text ?? end.slice(end.lastIndexOf('\n') + 1).trim();
  return last === '' ? null : { answer: plain(last), found: 'last' };
};

/** What is looked at of a turn beside its claims: answers stand at its end. */
const END_CHARACTERS = 20_000;

/** What an answer is called where the task is no question. */
const NAMES = ['diagnosis', 'root cause', 'verdict', 'label', 'category'];
const LINKS = [' is:', ' is', ':', ' ='];

/** The rest of the line behind the last name that announces something. */
const behindName = (end: string): string | null => {
  const lower = end.toLowerCase();
  const cues = NAMES.flatMap((name) => LINKS.map((link) => `${name}${link}`));
  const last = cues.map((cue) => ({ cue, at: lower.lastIndexOf(cue) })).reduce((a, b) => (b.at > a.at ? b : a));
  if (last.at < 0) return null;
  const line =
    end
      .slice(last.at + last.cue.length)
      .split('\n', 1)[0]
      ?.trim() ?? '';
  return line === '' || /^not\b/i.test(line) ? null : line;
};

/** Without the emphasis, quotes, full stop and `\text{…}` that stand around an answer. */
const plain = (answer: string): string => {
  let start = 0;
  let end = answer.length;
  const isAround = (at: number): boolean => AROUND.includes(answer[at] as string);
  while (end > start && (isAround(end - 1) || answer[end - 1] === '.')) end--;
  while (start < end && isAround(start)) start++;
  return withoutText(end > start ? answer.slice(start, end) : answer);
};

const AROUND = ' \t*_`"\'“”‘’$';

/** `\text{yes}` is `yes`. */
const withoutText = (answer: string): string => {
  const opening = ['\\text{', '\\textbf{', '\\mathrm{', '\\texttt{'].find((one) => answer.startsWith(one));
  return opening && answer.indexOf('}') === answer.length - 1 ? answer.slice(opening.length, -1).trim() : answer;
};
