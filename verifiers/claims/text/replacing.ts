/** What is put in whose place, in order; a text without any of the signs of a step holds none of it. */
export type Steps = readonly (readonly [signs: readonly string[], pattern: RegExp, put: Put])[];

type Put = string | ((found: string, ...groups: (string | undefined)[]) => string);

/** The source of a pattern for any sign of any step: one look for it spares most texts all of them. */
export const signsOf = (steps: Steps): string =>
  steps.flatMap(([signs]) => signs.map((sign) => sign.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('|');

export function replaced(text: string, steps: Steps): string {
  let result = text;
  for (const [signs, pattern, put] of steps)
    for (const sign of signs)
      if (result.includes(sign)) {
        result = result.replace(pattern, put as string);
        break;
      }
  return result;
}
