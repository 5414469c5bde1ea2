import { plainExpressions } from './plain.ts';
import type { Segment } from './segments.ts';

const CUE = /\s(?:is|are)\s{1,3}(?:the|our|my)\s{1,3}(?:(?:final|correct|right|required|desired)\s{1,3})?answer\b/gi;
const LONGEST_LEAD = 80;

/** "42 is the answer": the expression right before such a cue, when it is the text's last word of an answer. */
export function readBeforeCue(text: string, segments: readonly Segment[]): string | null {
  const cue = [...text.matchAll(CUE)].at(-1);
  if (cue === undefined) return null;
  const end = cue.index + cue[0].length;
  if (/\banswer\b/i.test(text.slice(end)) || /^[^.!?\n]{0,100}\?/.test(text.slice(end, end + 102))) return null;
  const from = Math.max(0, cue.index - LONGEST_LEAD);
  const formula = segments.findLast((one) => one.end <= cue.index);
  const plain = plainExpressions(text, Math.max(from, formula?.end ?? 0), cue.index).at(-1);
  const found = [plain, formula].find((one) => one !== undefined && /^\**$/.test(text.slice(one.end, cue.index)));
  if (found === undefined) return null;
  return /\b(?:if|suppose|assume|whether)\b[^.!?\n]*$/i.test(text.slice(from, found.start)) ? null : found.content;
}
