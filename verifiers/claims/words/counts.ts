/** English words for numbers, by their places: those below twenty, and the tens. */
export const BELOW_TWENTY: readonly string[] =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
export const TENS: readonly string[] = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const COUNTS: ReadonlySet<string> = new Set([...BELOW_TWENTY, ...TENS.slice(2), 'hundred', 'thousand', 'dozen']);

/** Whether a word belongs to a number in words. */
export const counts = (word: string): boolean => COUNTS.has(word.toLowerCase());
