import { has, type Phrase, type Range } from '../../claims/words/phrases.ts';
import type { Held } from './held-option.ts';
import type { Scene } from './scene.ts';

// What words beside it make of an option that its text names: another thing, or none.

/** "It is true, as the contrary is false." */
export const isReason = (scene: Scene, clause: Range, previous: Held | undefined): boolean =>
  previous?.hold === 'stated' &&
  previous.end <= clause.start &&
  has(
    scene.phrases.find(({ start }) => start >= clause.start),
    'because',
  );

/** "There is no increase." */
export const isDetermined = ({ text }: Scene, { start }: Range, lead: readonly Phrase[]): boolean =>
  lead.at(-1)?.end === start - 1 && /^no$/i.test(text.slice(lead.at(-1)!.start, start - 1));

/** "An iron alloy" is no iron, "no way" no no. */
export const isPartOfName = ({ text }: Scene, { start, end }: Range, tail: readonly Phrase[]): boolean =>
  tail[0]?.start === end + 1 &&
  (/^no$/i.test(text.slice(start, end))
    ? !has(tail[0], 'because', 'conclude', 'pronoun', 'link', 'but', 'wait', 'good', 'right')
    : tail[0].roles.size === 0 && /^an? \p{L}/iu.test(text.slice(start, end)));
