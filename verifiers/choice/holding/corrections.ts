import { retractedAt } from '../../claims/taking-back/corrections.ts';
import { has } from '../../claims/words/phrases.ts';
import type { Held } from './held-option.ts';
import { phrasesBetween, type Scene } from './scene.ts';

/** Where a sentence takes back what was claimed before it; null where it does not. */
export function correctionAt(scene: Scene, held: readonly Held[]): number | null {
  const changed = scene.phrases.find((phrase) => has(phrase, 'changes'));
  if (changed !== undefined && held.length > 1) return changed.start;
  const retracted = retractedAt(scene);
  if (retracted !== null) return isOfLabel(scene, retracted) ? null : retracted;
  for (const [index, { start, hold }] of held.entries()) {
    if (hold !== 'stated') continue;
    const waits = waitBefore(scene, held[index - 1]?.end ?? scene.sentence.start, start);
    if (waits !== null) return waits;
  }
  return null;
}

/** "C) This is incorrect." takes back no other option than the one that it stands behind. */
const isOfLabel = ({ text, sentence, runs }: Scene, at: number): boolean =>
  runs.some(
    ({ start, end }) =>
      start - sentence.start <= LABEL_HEAD && end <= at && /^[\s:.)\]–—-]*$/.test(text.slice(end, at)),
  );

/** "Option ", and marks before it. */
const LABEL_HEAD = 16;

/** Where "no", "sorry" or "actually" stands between what was named last and this. */
function waitBefore(scene: Scene, from: number, to: number): number | null {
  const before = phrasesBetween(scene, from, to);
  const waits = before.findIndex((phrase, index) => has(phrase, 'wait') && (index === 0 || !has(phrase, 'but')));
  if (waits < 0 || !before.slice(0, waits).every((phrase) => has(phrase, 'join', 'but', 'link', 'hedge'))) return null;
  const { start, end } = before[waits]!;
  const next = scene.text.slice(end, end + 2);
  return has(before[waits], 'deny') && !/^\s?[,:;，،.–—-]/.test(next) ? null : start;
}

export function takeBack(held: Held[], before: number): void {
  for (const [index, one] of held.entries())
    if (one.end <= before && one.hold === 'stated') held[index] = { ...one, hold: 'corrected' };
}

/** What is said instead is as much the answer as what it stands for. */
export function inherit(one: Held, held: readonly Held[], before: number): Held {
  if (one.end <= before) return one.hold === 'stated' ? { ...one, hold: 'corrected' } : one;
  const weight = Math.max(one.weight, ...held.filter(({ hold }) => hold === 'corrected').map((other) => other.weight));
  return one.hold === 'stated' ? { ...one, corrects: true, weight: weight as 1 | 2 | 3 } : one;
}

/** "Is it B? Yes." */
export function affirmAsked(held: Held[], { runs, phrases }: Scene): void {
  const last = held.at(-1);
  if (runs.length === 0 && phrases.length === 1 && has(phrases[0], 'good') && last?.hold === 'asked')
    held[held.length - 1] = { ...last, hold: 'stated' };
}
