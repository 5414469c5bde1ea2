/** What sentences of which the verb alone says little tell of when something happens, and in which place somebody ends. */

const HAPPENS =
  'happen(?:s|ed)?|occur(?:s|red)?|fall(?:s|en)?|fell|land(?:s|ed)?|meets?|met|take(?:s|n)? place|took place|(?:is|was|were|be|been) (?:born|held|due|moved|scheduled|postponed|rescheduled|closed|open)|start(?:s|ed)?|peak(?:s|ed)?|begin(?:s)?|began|end(?:s|ed)?|arrives?|arrived|leaves?|left|departs?|departed|opens?|opened|closes?|closed|returns?|returned|finish(?:es|ed)?';
const DAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?';
const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter)';
const TIMES = `(?:(?:${DAY}|${MONTH})(?:(?:,|,? and|,? or) (?:an? )?(?:${DAY}|${MONTH})){0,6}|noon|midnight|(?:an? )?(?:half|quarter) (?:past|to) [a-z]{3,6}(?: in the (?:morning|afternoon|evening))?)`;
const WHEN = new RegExp(
  `\\b(?:${HAPPENS})(?: back| again)?(?: from ${DAY})? (?:on|in|at|to) (?:an? |the )?(${TIMES})(?: instead)?\\s*$`,
);

/** "The cookie was taken by Carlos" */
const DONE_BY =
  /\b(?:was|were|is|has been|had been) \p{Ll}{2,12}(?:ed|en|wn|ne|ght|de) by (\p{Lu}\p{Ll}{1,20}(?: \p{Lu}\p{Ll}{1,20})?)\s*$/u;

const ORDINAL = '(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\\d{1,3}(?:st|nd|rd|th))';
const PLACED = new RegExp(
  `^\\s*(?:he|she|it|they) (?:came|comes|finished|finishes|placed|ended(?: up)?|ranked|ranks)(?: in)? (?:the )?(${ORDINAL})(?: place)?\\s*$`,
  'i',
);

/** "Carlos came in first": who it was, or which place it is. */
const CAME_IN = new RegExp(`^\\s*(\\p{Lu}\\p{Ll}{1,20} (?:came|finished) in (?:${ORDINAL}))\\s*$`, 'u');

/** It is not said, or not of when it is: "did not meet on Monday", "5 of them arrive on Monday". */
const OTHERWISE = /\d|\b(?:not|never|no|cannot|if|unless|would|might|may|could|or)\b|n['’]t\b/i;

/** The stretch of a clause that says when or in which place; null where it says more, or denies it. */
export function circumstanceIn(said: string): { readonly start: number; readonly end: number } | null {
  const match = WHEN.exec(said) ?? PLACED.exec(said) ?? DONE_BY.exec(said) ?? CAME_IN.exec(said);
  if (match === null) return null;
  const start = match.index + match[0].lastIndexOf(match[1]!);
  return OTHERWISE.test(said.slice(0, start)) ? null : { start, end: start + match[1]!.length };
}
