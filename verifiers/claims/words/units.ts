/** What phrases are matched by: a word, one sign of a script without spaces, one linking sign. */
export interface Unit extends Stretch {
  /** As vocabularies spell it. */
  readonly normal: string;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Stands where something opaque does: no phrase reaches over it. */
export const OPAQUE: Unit = { normal: '', start: 0, end: 0 };

const UNIT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]|['’]s(?!\p{L})|[[\p{L}\p{M}\p{N}\u200c]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]]{1,80}(?:['’](?!s(?!\p{L}))\p{L}{1,40}){0,3}|[:=→⇒≈⟹✓✔✅☑✗✘❌✖]/gv;
/** The same where no other letter or sign stands. */
const ASCII_UNIT = /[A-Za-z0-9]{1,80}(?:'(?!s(?![A-Za-z]))[A-Za-z]{1,40}){0,3}|'s(?![A-Za-z])|[:=]/g;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** The units of a stretch of text that stand in none of its opaque ranges, which are in order. */
export function unitsOf(
  text: string,
  { start, end }: Stretch = { start: 0, end: text.length },
  opaque: readonly Stretch[] = [],
): Unit[] {
  const part = text.slice(start, end);
  const beyond = BEYOND_ASCII.test(part);
  const pattern = beyond ? UNIT : ASCII_UNIT;
  const units: Unit[] = [];
  let next = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
    const [found] = match;
    const at = start + match.index;
    while (next < opaque.length && opaque[next]!.end <= at) {
      next += 1;
      if (units.length > 0 && units.at(-1) !== OPAQUE) units.push(OPAQUE);
    }
    if (opaque[next] !== undefined && opaque[next]!.start <= at) continue;
    units.push({ normal: beyond ? normal(found) : found.toLowerCase(), start: at, end: at + found.length });
  }
  return units;
}

const normal = (unit: string): string => unit.toLowerCase().replaceAll('’', "'");
