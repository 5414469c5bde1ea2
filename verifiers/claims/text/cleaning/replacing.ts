/** What is put in whose place, in order; a text without any of the signs of a step holds none of it. */
type Steps = readonly (readonly [signs: readonly string[], pattern: RegExp, put: Put])[];

type Put = string | ((found: string, ...groups: (string | undefined)[]) => string);

/** Which characters stand in a text: a bit for each of ASCII, which those beyond share. */
type Characters = readonly [number, number, number, number];

const ANY: Characters = [-1, -1, -1, -1];
/** In a longer text most characters stand, and to look which takes longer than to look for each sign. */
const LONGEST = 250;

/**
 * A function that takes the steps one after another. Most texts hold the signs of few or none: where one look finds nothing of
 * any nothing more is looked for, and no sign is of which a character is missing.
 */
export function replacing(steps: Steps): (text: string) => string {
  const prepared = steps.map(([signs, pattern, put]) => ({
    signs: signs.map((sign) => ({ sign, characters: charactersOf(sign) })),
    pattern,
    put: put as string,
  }));
  const any = anyOf(steps.flatMap(([signs]) => signs));
  return (text) => {
    if (!any.test(text)) return text;
    let result = text;
    let characters = charactersOf(text);
    for (const { signs, pattern, put } of prepared) {
      if (!holdsAny(result, characters, signs)) continue;
      const before = result;
      result = result.replace(pattern, put);
      if (result !== before) characters = charactersOf(result);
    }
    return result;
  };
}

/** Finds the rarest character of any sign, or the whole of one that has none. */
function anyOf(signs: readonly string[]): RegExp {
  const rarest = signs.flatMap((sign) => RARE.exec(sign)?.[0] ?? []);
  const whole = signs.filter((sign) => !RARE.test(sign)).map((sign) => sign.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(
    [...(rarest.length > 0 ? [`[${[...new Set(rarest)].join('').replace('[', '\\[')}]`] : []), ...whole].join('|'),
  );
}

/** Neither letters nor what formulas are made of. */
const RARE = /[^\w\s\\=\-+\](){}.,^$]/;

function charactersOf(text: string): Characters {
  if (text.length > LONGEST) return ANY;
  const bits: [number, number, number, number] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bits[(code >> 5) & 3]! |= 1 << (code & 31);
  }
  return bits;
}

interface Sign {
  readonly sign: string;
  readonly characters: Characters;
}

function holdsAny(text: string, characters: Characters, signs: readonly Sign[]): boolean {
  for (const one of signs) if (includes(characters, one.characters) && text.includes(one.sign)) return true;
  return false;
}

const includes = (all: Characters, some: Characters): boolean =>
  (all[0] & some[0]) === some[0] &&
  (all[1] & some[1]) === some[1] &&
  (all[2] & some[2]) === some[2] &&
  (all[3] & some[3]) === some[3];
