import { addition, fraction, integerNode, type Node, negation, product } from '../../../tree.ts';
import { isUnitName } from '../../../value/units.ts';
import { readNumberWords } from '../number-words.ts';

/** Measures in parts of sixty: a duration, an angle, a length in feet and inches. Null for anything else. */
export const readMeasure = (plain: string): Node | null =>
  duration(plain) ?? angle(plain) ?? feet(plain) ?? belowZero(plain) ?? readHalves(plain);

const SHARES: Readonly<Record<string, Node>> = {
  half: fraction(integerNode(1), integerNode(2)),
  quarter: fraction(integerNode(1), integerNode(4)),
  'three quarters': fraction(integerNode(3), integerNode(4)),
};
const SHARE = '(?:an? |one )?(?<share>half|quarter|three quarters)';
const COUNT = '(?<count>[a-z]{1,9}|\\d{1,6})';
const UNIT = '(?<unit>[a-z]{3,12}?)';

/** `four and a half slices` */
const COUNTED = new RegExp(`^${COUNT} and ${SHARE} ${UNIT}s?$`);
/** With how many wholes there are where none are counted. */
const HALVED: readonly (readonly [pattern: RegExp, wholes: number])[] = [
  [new RegExp(`^(?:${COUNT} )?${UNIT}s? and ${SHARE}$`), 1],
  [COUNTED, 1],
  [new RegExp(`^${SHARE}(?: of)? an? ${UNIT}$`), 0],
];

/** `an hour and a half`, `two and a half hours`, `half an hour` */
export function readHalves(said: string): Node | null {
  if (said.length > 60 || !/half|quarter/i.test(said)) return null;
  for (const [pattern, wholes] of HALVED) {
    const { count, unit, share } = pattern.exec(said.toLowerCase())?.groups ?? {};
    if (unit === undefined || !(isUnitName(unit) || (pattern === COUNTED && said.endsWith('s') && unit !== 'time')))
      continue;
    const whole = count === undefined ? integerNode(wholes) : countOf(count);
    if (whole !== null) return product([addition([whole, SHARES[share!]!]), { kind: 'unit', name: unit }]);
  }
  return null;
}

const countOf = (count: string): Node | null =>
  /^\d+$/.test(count) ? integerNode(Number(count)) : readNumberWords(count.replace(/^an?$/, 'one'));

const DURATION =
  /^(?:(\d{1,6}) ?(?:hours?|hrs?|h)(?:,? and |, | )?)?(?:(\d{1,6}) ?(?:minutes?|mins?|m)(?:,? and |, | )?)?(?:(\d{1,6}) ?(?:seconds?|secs?|s))?$/;
/** `1h30`, `1:30 hours` */
const SHORT_DURATION = /^(\d{1,6}) ?(?:h ?([0-5]\d)|: ?([0-5]\d) ?(?:hours?|hrs?|h))$/;

function duration(plain: string): Node | null {
  const short = SHORT_DURATION.exec(plain);
  if (short !== null) return addition([measured(short[1]!, 'hour'), measured((short[2] ?? short[3])!, 'minute')]);
  const match = DURATION.exec(plain);
  if (match === null) return null;
  const parts = ['hour', 'minute', 'second'].flatMap((unit, index) =>
    match[index + 1] === undefined ? [] : [measured(match[index + 1]!, unit)],
  );
  return parts.length > 1 ? addition(parts) : null;
}

const ANGLE =
  /^(-?)(\d{1,6}) ?(?:\^? ?\{? ?\\(?:circ|degree) ?\}?|degrees?),?(?: and)? ?(\d{1,2}) ?(?:'|\^\{?\\prime\}?|(?:arc ?)?min(?:ute)?s?)(?:,?(?: and)? ?(\d{1,2}) ?(?:''|"|\^\{?\\prime ?\\prime\}?|(?:arc ?)?sec(?:ond)?s?))?$/;

/** `30°15'36''`, `30 degrees 15 minutes` */
function angle(plain: string): Node | null {
  const match = ANGLE.exec(plain);
  if (match === null) return null;
  const sixtieths = match
    .slice(2)
    .map((digits, index) => fraction(integerNode(Number(digits ?? 0)), integerNode(60 ** index)));
  return product([integerNode(match[1] === '-' ? -1 : 1), addition(sixtieths), { kind: 'unit', name: 'degree' }]);
}

/** `5 degrees below zero` */
function belowZero(plain: string): Node | null {
  const match =
    /^(\d{1,4}(?:\.\d{1,4})?) ?(?:\^? ?\{? ?\\(?:circ|degree) ?\}?|degrees?)(?: ?(celsius|fahrenheit|C|F))? below (?:zero|freezing|0)$/i.exec(
      plain,
    );
  if (match === null) return null;
  const scale = { c: 'celsius', f: 'fahrenheit' }[match[2]?.[0]?.toLowerCase() ?? ''] ?? 'degree';
  return negation(product([decimalOf(match[1]!), { kind: 'unit', name: scale }]));
}

function decimalOf(digits: string): Node {
  const [whole, places = ''] = digits.split('.') as [string, string?];
  return fraction(integerNode(Number(whole + places)), integerNode(10 ** places.length));
}

/** `6'2''` is six feet and two inches. */
function feet(plain: string): Node | null {
  const match = /^(\d{1,3})\s?(?:'\s?(\d{1,2})\s?(?:''|")|(?:foot|feet|ft\.?) (\d{1,2}))$/.exec(plain);
  return match && addition([measured(match[1]!, 'ft'), measured((match[2] ?? match[3])!, 'in')]);
}

const measured = (digits: string, name: string): Node => product([integerNode(Number(digits)), { kind: 'unit', name }]);

/** The letters that are units where a space parts them from a numeral, and what may stand between two of them. */
const LETTERED =
  /^(-?\d[\d.,]{0,30}(?: ?(?:[x×*·]|\\times|\\cdot) ?10 ?\^ ?\{?-?\d{1,4}\}?)?|-?\\[dt]?frac ?\{?\d{1,30}\}? ?\{?\d{1,30}\}?|-?\d{1,30}\/\d{1,30}) ([mshgLNJWVA](?: ?(?:[·*⋅]|\\cdot) ?[mshA])?)(?: ?\^ ?\{?([23])\}?|([²³]))?$/;

/** `12 m`, `5 \times 10^3 J`: letters behind a space measure, those of `12m` are factors. */
export function readLettered(plain: string, read: (content: string) => Node): Node | null {
  const match = LETTERED.exec(plain);
  if (match === null) return null;
  const power = match[3] ?? (match[4] === undefined ? '' : String('²³'.indexOf(match[4]) + 2));
  return product([
    read(match[1]!),
    { kind: 'unit', name: `${match[2]!.replace('\\cdot', '·')}${power === '' ? '' : `^${power}`}` },
  ]);
}
