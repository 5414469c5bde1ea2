import type { Held } from './holding/held-option.ts';
import type { Option, Reading } from './options/options.ts';

/** The denial of a case that is not so denies nothing. */
const UNREAL = /\b(?:if|suppose|assume|whether|unless|were|would)\b[^.!?\n]*$/i;

/** Of more than two options the one that is left where each of the others is denied, and none is claimed: "A, B and D are out." */
export function leftOfMore(text: string, held: readonly Held[], options: readonly Option[]): Reading {
  if (options.length < 3 || !held.every(({ hold }) => hold === 'denied' || hold === 'named' || hold === 'option'))
    return [];
  const denied = held.filter(({ hold }) => hold === 'denied');
  if (denied.some(({ start }) => UNREAL.test(text.slice(Math.max(0, start - 80), start)))) return [];
  const out = new Set(denied.flatMap(({ letters }) => letters));
  const left = options.map(({ letter }) => letter).filter((letter) => !out.has(letter));
  return left.length === 1 ? left : [];
}

/** Of several that a text narrows its choice to the one that is left where it then denies the others: "It is B or D. D is out." */
export function leftOfFew(text: string, held: readonly Held[]): Reading {
  const at = held.findLastIndex(({ narrows }) => narrows);
  const few = held[at];
  if (few === undefined || few.hold === 'denied') return [];
  const behind = held.slice(at + 1);
  if (behind.some(({ hold }) => hold !== 'denied' && hold !== 'named')) return [];
  if (behind.some(({ start }) => UNREAL.test(text.slice(Math.max(0, start - 80), start)))) return [];
  const out = new Set(behind.flatMap(({ letters, hold }) => (hold === 'denied' ? letters : [])));
  const left = few.letters.filter((letter) => !out.has(letter));
  return left.length === 1 ? left : [];
}

/** Of two options the one that is left where the other is denied: "The statement is not true." */
export function leftOfTwo(text: string, held: readonly Held[], options: readonly Option[]): Reading {
  const denied = held.at(-1);
  if (denied !== undefined && UNREAL.test(text.slice(Math.max(0, denied.start - 80), denied.start))) return [];
  if (options.length !== 2 || denied?.hold !== 'denied' || denied.letters.length > 1) return [];
  if (held.some(({ hold }) => hold === 'stated' || hold === 'supposed' || hold === 'asked')) return [];
  return options.map(({ letter }) => letter).filter((letter) => !denied.letters.includes(letter));
}
