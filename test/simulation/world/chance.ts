/**
 * Chance as a pure function of the seed and of what it decides: what one decision comes to rests on no other, so that
 * a schedule with fewer disturbances is otherwise the same world.
 */
export interface Chance {
  /** In [0, 1). */
  share(...about: readonly (string | number)[]): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number, ...about: readonly (string | number)[]): number;
  oneOf<T>(all: readonly T[], ...about: readonly (string | number)[]): T;
}

export const chanceOf = (seed: number): Chance => {
  const share: Chance['share'] = (...about) => mixed(`${seed}/${about.join('/')}`) / 2 ** 32;
  const between: Chance['between'] = (least, most, ...about) =>
    least + Math.floor(share(...about) * (most - least + 1));
  return {
    share,
    between,
    oneOf: (all, ...about) => all[between(0, all.length - 1, ...about)] as (typeof all)[number],
  };
};

/** FNV-1a, finished as MurmurHash3 does: 32 bits of which each hangs on each of the text. */
const mixed = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
