import { modifiesAbroad } from '../../claims/words/modifiers.ts';
import { SCALES } from '../../claims/words/scales.ts';

/**
 * What words beside a value do to it, by role. Only words that are known to change nothing may be left out of a
 * comparison; what is not known limits the value, and then it equals nothing without the same words.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const REJECTING = words('wrong incorrect false invalid impossible excluded rejected discarded');

const DENYING = words("no not none neither nor never cannot isn't aren't don't without");

const BOUNDING = words(
  'exceeds exceeding least most more less fewer than even odd except excluding below above under over until before after or almost nearly barely negative positive minus max maximum minimum min if unless else otherwise but modulo mod base beyond beneath up down versus vs short shy off early late ahead behind',
);

const NUMBERS = words(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen lakh lakhs lac lacs crore crores score half halves third thirds quarters fourths fifths',
);

/** They make another value of the one beside them: `twice 10`, `3 squared`. */
const CHANGING = words(
  'twice thrice double triple quadruple doubled tripled halved times multiplied divided plus added subtracted square squared cube cubed cubic root reciprocal inverse opposite choose point factorial log logarithm power powers multiple multiples divisor divisors factor factors digit digits coprime divisible divides divide percent percentage permille',
);

/** Adjectives before what is counted: `12 positive divisors`, `3 square tiles`. */
const ADJECTIVES = words(
  'positive negative even odd square cubic double triple prime composite half first second third fourth fifth sixth seventh eighth ninth tenth',
);

/** A preposition takes the value behind it as its object: `no solution for 5`, `sum of 5`, but `a total of 5`. */
const OPEN_ENDED =
  /(?:^|\s)(?:for|from|with|between|into|in|per|within|outside|at|on|as|than|(?<!(?:total|value|amount|answer|result|set|point|pair|maximum|minimum) )of|(?<!(?:given|represented|described) )by|(?<!(?:equal|equals|equivalent|[a-z]s|[a-z]s up|simplifies|evaluates|reduces|comes|comes out|adds up|amounts|leads) )to)$/;

const VERBS = words(
  'is are was were be equals equal gives give yields yield becomes become has have had contains needs costs got get gets found',
);

const ADVERBS = words(
  'ago later back there here once tall long wide high deep thick old away apart exactly precisely just only simply merely solely purely truly free available unused unsold unread vacant spare about approximately approx roughly around altogether overall together respectively total therefore thus hence so then now also namely finally clearly indeed always again actually really please ie i.e',
);

const ARTICLES = words(
  'a an the this that these those its it his her their our my your each every all both such some any',
);

/** Nouns that only say what kind of thing a value is, in front of it or behind. */
const NAMES = words(
  'answer answers result results value values number numbers prime integer integers solution solutions roots sum difference product quotient remainder total count amount area perimeter circumference volume length width height depth radius diameter distance speed velocity acceleration force mass weight time duration cost price profit revenue loss age rate ratio proportion probability chance expectation mean median mode range average variance deviation slope gradient intercept intercepts x-intercept y-intercept vertex vertices center centre focus foci point points coordinate coordinates pair pairs triple triples tuple set list sequence series interval intervals domain codomain image vector vectors matrix matrices equation equations inequality expression formula function polynomial fraction decimal angle angles side sides edge edges hypotenuse diagonal midpoint centroid asymptote limit derivative integral determinant trace rank eigenvalue eigenvalues eigenvector term terms coefficient constant variable unknown degree dimension order index exponent base case cases way ways possibility possibilities combination combinations permutation permutations arrangement arrangements outcome outcomes unit units score income salary interest discount tax balance change increase decrease reduction growth money temperature pressure energy work power current voltage resistance charge frequency period wavelength amplitude density concentration conclusion output choice option final maximum minimum largest smallest greatest',
);

/** Things that are counted or measured in the singular. */
const UNCOUNTED = words(
  'people person men women children child feet teeth mice geese sheep fish deer dice vertices matrices indices data criteria water milk rice flour sugar salt oil juice coffee tea bread meat fruit wood metal gold silver iron steel sand soil air gas fuel paint paper cloth fabric money cash change homework work space land rope wire string ribbon yarn tape glass ice snow rain food candy corn wheat apple book ball dollar item thing student boy girl dog cat car bus train house room chair table tree flower egg cake pie pizza slice piece cookie marble card coin ticket pencil pen bag box cup bottle game match goal day night morning week aircraft spacecraft offspring cattle police staff salmon trout shrimp bacteria phenomena luggage furniture equipment clothing stone baht won foci loci pence kroner',
);

const NOT_PLURAL = words(
  'divides fails halves thirds quarters fourths fifths sixths sevenths eighths ninths tenths hundredths thousandths mille lakhs lacs crores doubles minuses is was has does its this thus us yes less unless plus minus times always perhaps besides sometimes afterwards towards across versus various previous bus gas class minus',
);

const PREPOSITIONS = words(
  'of in for per to from on at with by between among inside during who which that where left remaining',
);

/** Sayings that close an answer. */
const CLOSINGS: ReadonlySet<string> = new Set([
  'is the answer',
  'is the final answer',
  'is our answer',
  'is our final answer',
  'is correct',
  'as required',
  'as desired',
  'as the answer',
  'as the final answer',
  'in simplest form',
  'in lowest terms',
  'in simplified form',
  'in total',
  'in all',
  'in this case',
  'when rounded',
  'when simplified',
  'when reduced',
  'at a time',
]);

const FOREIGN_COUNTS =
  /^(?:个|個|種|种|次|人|天|年|月|条|條|只|隻|本|块|塊|元|枚|张|張|颗|顆|棵|名|位|件|套|组|組|对|對|双|雙|头|頭|匹|辆|輛|台|座|间|間|岁|歲|円|つ|回|通り|日|時間|分|秒|倍数|개|명|가지|번|원|쪽|살)+$/u;
const FOREIGN_CHANGING =
  /^(?:раз|раза|более|больше|меньше|менее|тысяч|тысячи|миллион|миллиона|миллионов|дюжин|дюжины|половин|लाख|करोड़|हज़ार|दर्जन|ألف|مليون|مرات|هزار|میلیون)$/u;

const isLetters = (phrase: string): boolean => /^[a-z\s'’.,()/-]*$/i.test(phrase);

/** Whether words behind a value do more than count or close: `3 or more`, `3 squared`, `3 lakh`, `3 is wrong`. */
export function limits(phrase: string, isUnit: (word: string) => boolean): boolean {
  const trimmed = phrase.trim();
  if (isModifiedAbroad(trimmed)) return true;
  if (/[^ -~]/.test(trimmed)) return !countsAbroad(trimmed);
  if (!isLetters(trimmed)) return true;
  // "15 numbers divisible" by four are fifteen.
  const all = wordsOf(trimmed).filter(
    (word, index, { [index - 1]: before }) => word !== 'divisible' || !isPlural(before ?? ''),
  );
  if (all.length === 0 || CLOSINGS.has(all.join(' '))) return false;
  const counted = all.filter(
    (word, index) => !(ADJECTIVES.has(word) && isThing(all[index + 1], isUnit)) && !isPlural(word),
  );
  if (isDifference(all, isUnit) || isProportion(all, isUnit)) return false;
  if (all.some((word) => NUMERALS.has(word)) || MULTIPLIES.test(trimmed)) return true;
  if (all[0] === 'and' || /^per (?:mille|hundred|thousand|million)$/.test(all.join(' '))) return true;
  if (
    counted.some(changes) ||
    all.some((word) => BOUNDING.has(word) && !ADJECTIVES.has(word)) ||
    REJECTING.has(all.at(-1)!)
  )
    return true;
  const end = all.findIndex((word) => PREPOSITIONS.has(word));
  const head = (end < 0 ? all : all.slice(0, end)).filter((word) => !ADVERBS.has(word));
  const noun = head.at(-1);
  if (noun === undefined) return end >= 0 && !opens(all.slice(end));
  if (isThing(all[0], isUnit) && all[1] !== undefined && !isKnownWord(all[1])) return false;
  return !(isThing(noun, isUnit) || ARTICLES.has(noun));
}

/** Digits and powers of ten as things that are counted: `37 nines`, `37 tens`. Of ones and zeros a number may be asked for. */
const NUMERALS = words('twos threes fours fives sixes sevens eights nines tens hundreds thousands millions billions');

/** `37 lots of 3`, `37 away from 50`, of which the numbers have been taken off. */
const MULTIPLIES = /^(?:lots|copies) of$|^away from$/;

/** `14 more marbles` are fourteen of them, as `14 marbles more than Tom` are; `14 more than those` are not. */
function isDifference([first, second, ...rest]: readonly string[], isUnit: (word: string) => boolean): boolean {
  if (MORE.test(first ?? '') && isThing(second, isUnit)) return rest.length === 0 || isOther(rest);
  return COMPARING.test(second ?? '') && isThing(first, isUnit) && isOther(rest);
}

const MORE = /^(?:more|fewer|extra|additional)$/;
const COMPARING =
  /^(?:more|fewer|less|older|younger|taller|shorter|longer|heavier|lighter|faster|slower|higher|lower)$/;

/** `than Tom` */
const isOther = ([than, ...rest]: readonly string[]): boolean =>
  than === 'than' && rest.length > 0 && rest.length <= 3 && !rest.some((word) => NUMBERS.has(word));

/** `5 times as many marbles as Tom` says how many times. */
const isProportion = (
  [times, as, many, thing, ...rest]: readonly string[],
  isUnit: (word: string) => boolean,
): boolean =>
  times === 'times' &&
  as === 'as' &&
  /^(?:many|much)$/.test(many ?? '') &&
  isThing(thing, isUnit) &&
  !rest.some((word) => NUMBERS.has(word));

const isThing = (word: string | undefined, isUnit: (word: string) => boolean): boolean =>
  word !== undefined && (isUnit(word) || isPlural(word) || NAMES.has(word) || UNCOUNTED.has(word));

/** `per day`, `of them`, `for each child`: what follows says of which things. */
function opens([preposition, ...rest]: readonly string[]): boolean {
  if (preposition === 'per' || preposition === 'left' || preposition === 'remaining') return true;
  if (preposition === 'for' || preposition === 'in' || preposition === 'on')
    return rest[0] === 'each' || rest[0] === 'every';
  return preposition === 'of' && rest.length > 0 && rest.length <= 4;
}

/** One sign that does more than count: "17倍", "17多". */
const CHANGING_SIGN = /^[倍万萬亿億千百十半成折几幾多余餘弱强強約约近乘除加减減次方]$/u;

function countsAbroad(phrase: string): boolean {
  if (FOREIGN_COUNTS.test(phrase) || (/^\p{Script=Han}$/u.test(phrase) && !CHANGING_SIGN.test(phrase))) return true;
  const [first, second = null, ...more] = phrase.split(' ');
  return more.length === 0 && isNounAbroad(first!) && (second === null || (isNounAbroad(second) && first!.length > 2));
}

/** In scripts that part words by spaces. */
const isNounAbroad = (word: string): boolean =>
  /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{M}]+$/u.test(word) &&
  !FOREIGN_CHANGING.test(word);

const changes = (word: string): boolean =>
  BOUNDING.has(word) || DENYING.has(word) || CHANGING.has(word) || NUMBERS.has(word);

const isPlural = (word: string): boolean =>
  (/[a-z]{2}s$/.test(word) && !/(?:ss|us|is)$/.test(word) && !NOT_PLURAL.has(word)) || IRREGULAR.test(word);

/** "policemen", "grandchildren", "dormice", "cacti", "formulae" */
const IRREGULAR = /(?:men|children|oxen|mice|lice|geese|feet|teeth|[a-z]{3}[cdglnrt]i|[a-z]{3}ii|[a-z]{4}ae)$/;

/**
 * Whether words in front of a value only name it (`the two roots sum to 5`): none of them denies it, what follows
 * their last verb does not change it, and it is no object of a preposition.
 */
export function isLabel(phrase: string): boolean {
  if (isModifiedAbroad(phrase)) return false;
  const all = wordsOf(phrase);
  if (all.some((word) => DENYING.has(word) || REJECTING.has(word))) return false;
  const verb = all.findLastIndex((word) => VERBS.has(word));
  if (verb < 0 && all.at(-1) === 'base') return false;
  const behind = all.slice(verb + 1);
  const nearest = /^equals?$/.test(all[verb] ?? '') && behind[0] === 'to' ? behind.slice(1) : behind;
  if (verb >= 0 && isPartOfIt(all.slice(0, verb))) return false;
  if (OPEN_ENDED.test(nearest.join(' '))) return false;
  const naming = nearest.filter((word, index) => !(QUALITIES.has(word) && SORTS.has(nearest[index + 1] ?? '')));
  if (naming.some((word, index) => changes(word) && !(NAMES.has(word) && index === naming.length - 1))) return false;
  return verb >= 0 || isName(nearest) || nearest.length === 0;
}

/** Before a sort of number they say which one it is: `the odd number 45`, `the positive integer 45`. */
const QUALITIES = words('odd even positive prime composite');
const SORTS = words('number integer prime');

/** `half of it is 3`, `twice the answer is 6`, `the number whose double is 6`. */
const isPartOfIt = (subject: readonly string[]): boolean =>
  subject.some((word) => CHANGING.has(word) || word === 'half' || word === 'third') &&
  subject.some((word) => /^(?:it|this|that|which|whose|answer|result|these)$/.test(word));

/** A label without a verb is a noun that names values; in `the length of side 5` the side has it. */
function isName(all: readonly string[]): boolean {
  const held = all.findIndex((word) => PREPOSITIONS.has(word));
  if (held >= 0 && held < all.length - 1) return false;
  const noun = all.findLast((word) => !ADVERBS.has(word) && !['of', 'to', 'by', 'up'].includes(word));
  return noun === undefined || NAMES.has(noun) || SORTS.has(noun) || ARTICLES.has(noun) || isPlural(noun);
}

/** Whether these words deny, or the last changes what follows: `half of x`, while `the two roots x` name x. */
export function changesNext(phrase: string): boolean {
  const all = wordsOf(phrase);
  const last = all.findLast((word) => word !== 'of' && word !== 'the') ?? '';
  return all.some((word) => DENYING.has(word)) || (changes(last) && !NAMES.has(last));
}

/** Words that no product of letters is meant by: those that have a role here. */
const KNOWN: ReadonlySet<string> = new Set(
  [DENYING, BOUNDING, NUMBERS, CHANGING, ADJECTIVES, NAMES, UNCOUNTED, ADVERBS, REJECTING, SCALES.keys()].flatMap(
    (each) => [...each].filter((word) => word.length > 2),
  ),
);

/** Words of another language that modify; where all are English they are not looked up. */
const isModifiedAbroad = (phrase: string): boolean =>
  !wordsOf(phrase).every(
    (word) => KNOWN.has(word) || VERBS.has(word) || ARTICLES.has(word) || PREPOSITIONS.has(word),
  ) && modifiesAbroad(phrase);

export const isKnownWord = (word: string): boolean => KNOWN.has(word.toLowerCase());

const wordsOf = (phrase: string): string[] => phrase.toLowerCase().match(/[\p{L}'’-]+/gu) ?? [];
