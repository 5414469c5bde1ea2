const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const REJECTING = words('wrong incorrect false invalid impossible excluded');

const DENYING = words('no not none neither nor never cannot');

const LIMITING = words(
  'least most more less fewer than even odd except below above under over until before after or almost nearly negative minus doubled tripled halved factorial halves thirds',
);

/** They make another value of the one behind them: `twice 10`, while `5 double rooms` are five. */
const CHANGING = words(
  'half third twice thrice double triple quadruple times plus square squared cube cubed cubic root reciprocal inverse opposite ' +
    'two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion',
);

/** A preposition takes the value behind it as its object: `no solution for 5`, `sum of 5`, but `a total of 5`. */
const OPEN_ENDED =
  /(?:^|\s)(?:for|from|with|between|into|in|per|within|outside|(?<!(?:total|value|amount|answer) )of|(?<!given )by|(?<!(?:equal|equivalent|[a-z]s|[a-z]s up) )to)$/;

const VERBS = words('is are was were be equals');

/** Whether words behind a value bound or deny it: `5 or more` and `5 is wrong` are not 5, `5 wrong answers` are five. */
export function limits(phrase: string): boolean {
  const all = wordsOf(phrase);
  return all.some((word) => LIMITING.has(word) || DENYING.has(word)) || REJECTING.has(all.at(-1) ?? '');
}

/**
 * Whether words in front of a value only name it (`the two roots sum to 5`): none of them denies it, what follows
 * their last verb does not change it, and it is no object of a preposition.
 */
export function isLabel(phrase: string): boolean {
  const all = wordsOf(phrase);
  const nearest = all.slice(all.findLastIndex((word) => VERBS.has(word)) + 1);
  return (
    !all.some((word) => DENYING.has(word) || REJECTING.has(word)) &&
    !nearest.some((word) => LIMITING.has(word) || CHANGING.has(word)) &&
    !OPEN_ENDED.test(nearest.join(' '))
  );
}

/** Whether these words deny, or the last changes what follows: `half of x`, while `the two roots x` name x. */
export function changesNext(phrase: string): boolean {
  const all = wordsOf(phrase);
  const last = all.findLast((word) => word !== 'of' && word !== 'the') ?? '';
  return all.some((word) => DENYING.has(word)) || LIMITING.has(last) || CHANGING.has(last);
}

const wordsOf = (phrase: string): string[] => phrase.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
