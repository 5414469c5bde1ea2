import type { Judgement } from '../port.ts';
import type { Choice } from './find-choice.ts';

/** The verdict on what was chosen: several letters, or none, are wrong. */
export function judgeChoice(
  reference: { readonly answer: string; readonly choices: readonly string[] },
  { letters, found }: Choice,
): Judgement {
  const known = reference.choices.map((_, index) => String.fromCharCode(65 + index));
  const wanted = reference.answer.trim().toUpperCase();
  if (!known.includes(wanted)) {
    const reason = `the reference ${JSON.stringify(reference.answer)} is no letter of ${known.length} choices`;
    return { verdict: 'unverifiable', reason, extracted: null, found: null, passedShare: null };
  }
  if (letters.length === 0)
    return { verdict: 'wrong', reason: 'no choice found', extracted: null, found: null, passedShare: null };
  const extracted = letters.join(', ');
  if (extracted === wanted) return { verdict: 'right', reason: 'the same choice', extracted, found, passedShare: null };
  return { verdict: 'wrong', reason: `chose ${extracted}, not ${wanted}`, extracted, found, passedShare: null };
}
