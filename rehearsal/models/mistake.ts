/** The text with its last number changed by `shift` (not 0), never below one: it reads on, but is wrong. */
export const withMistake = (text: string, shift: number): string => {
  const last = [...text.matchAll(/\d+/g)].at(-1);
  if (last === undefined) return `${text} (${shift})`;
  const number = Number(last[0]);
  const changed = number + shift < 1 ? number - shift : number + shift;
  return text.slice(0, last.index) + changed + text.slice(last.index + last[0].length);
};
