import { type Node, symbol } from '../../tree.ts';
import { splitLetters } from '../tokens/split-letters.ts';
import { readHalves } from './forms/measures.ts';
import { readProportion } from './forms/proportions.ts';
import { isNumberWord } from './number-words.ts';
import { meaningOf, plainWords, readText } from './phrases.ts';

const WORDS = /^[\p{L}\p{M}\s'’.,;!?()"-]+$/u;
const LONGEST = 400;
/** `no such n exists`, whatever is asked for. */
const NO_SUCH =
  /^(?:there (?:is|are|exists?) )?no (?:such [a-z]{1,20}|(?:such |real |positive |integer |integral |valid |possible |feasible |whole |natural |complex |common |rational )*(?:solutions?|values?|numbers?|roots?|zeros?|integers?|primes?|pairs?|triples?|functions?|polynomials?|points?|ways?|answers?|[a-z])(?: [a-z])?)(?: of \$?[a-z]\$?)?(?: (?:exists?|satisf(?:y|ies|ying)|that|which|for|works?|working)(?: [a-z' ]{1,60})?)?$/i;

const NO_SUCH_ABROAD =
  /^(?:не имеет (?:действительных )?(?:решений|корней)|(?:решений|корней) нет|n['’]a (?:pas de|aucune) (?:solution|racine)(?: réelle)?|no tiene soluci(?:ón|ones)(?: reale?s)?|no hay soluci(?:ón|ones)|hat keine (?:reelle )?(?:lösung|lösungen)|gibt es keine (?:lösung|lösungen)|non ha soluzioni|não tem solução)$/i;

/** `Yes, it is possible`: what follows only says it again. */
const YES_OR_NO =
  /^(yes|no)(?:[,;.:]| ?[-–—]) (?:it|this|that|they|there|we|he|she|such|the|a|an|one|because|since|you|always|never|definitely|certainly|indeed|absolutely|of course)\b(?!.*\b(?:but|except|unless|only|if|yes)\b)/i;

const DATE =
  /^((?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? (?:the )?\d{1,2})(?:st|nd|rd|th)?(,? \d{4})?$/i;

const DAY_FIRST = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(\p{Lu}\p{Ll}{2,8}\.?)(,? \d{4})?$/u;
const ISO_DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A time of day, which is read as one elsewhere. */
const NAMED_HOUR =
  /^(?:at )?(?:noon|midnight)$|^(?:at |an? ){0,2}(?:half|quarter) (?:past|to) [a-z]{3,6}(?: in the [a-z]{1,12}| [ap]\.?m\.?)?$/i;

const AXIS = /^(?:the )?([xyz])[- ]axis$/i;

/** `Option A`, `Option A is correct` */
const OPTION =
  /^(?:the )?(?:option|choice|letter) \(?([A-J])\)?(?: is (?:the )?(?:correct|right|true|best)(?: one| answer| option| choice)?)?$/i;

/** Choices of which several are right: `A and C`. */
const LETTERS = /^\(?[A-J]\)?(?:(?:\s*,\s*(?:and )?|\s+and\s+)\(?[A-J]\)?){1,9}$/;

const ELEMENTS =
  'He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Br|Kr|Ag|Sn|Xe|Ba|Pt|Au|Hg|Pb|H|B|C|N|O|F|P|S|K|I|U';
/** Of two elements at least, or `A_2` would be one. */
const CHEMICAL = new RegExp(`^(?:(?:${ELEMENTS})\\d{0,3}|[()]\\d{0,2}){2,12}$`);

/** `FF_{16}` names no substance. */
const HEXADECIMAL = /^(?:\\(?:text|mathrm)\s?\{)?[A-F]{2,400}\}?\s?_\s?\{?16\}?$/;

/** `\text{H}_2\text{O}` as `H2O`; empty without subscripts. */
const chemical = (source: string): string =>
  source.includes('_') || /\\ce\b/.test(source)
    ? source.replace(/\\(?:text|mathrm|ce|rm|operatorname)(?![a-z])/g, '').replace(/[{}_\s$]/g, '')
    : '';

function substanceIn(source: string): Node | null {
  const formula = CHEMICAL.exec(chemical(source));
  return formula !== null && /\d/.test(formula[0]) && !HEXADECIMAL.test(source)
    ? { kind: 'text', words: formula[0] }
    : null;
}

/** A letter that begins no command of a formula; words of texts stand in braces. */
const MAY_SAY = /[^ -~]|(?<!\\[a-zA-Z]{0,20})[A-Za-z]/;

/** The saying that an answer is, with its article or without. */
function sayingOf(plain: string): string | undefined {
  if (meaningOf(plain.toLowerCase()) !== undefined) return plain;
  const bare = plain.replace(/^the (?=[a-z]+ )/i, '');
  return bare !== plain && meaningOf(bare.toLowerCase()) !== undefined ? bare : undefined;
}

/** An answer in words alone: a saying, a number in words, a name, a list of names. Null for formulas. */
export function readProse(source: string): Node | null {
  const iso = source.length === 10 ? ISO_DATE.exec(source) : null;
  if (iso !== null) return { kind: 'text', words: `${MONTHS[Number(iso[2]) - 1]} ${Number(iso[3])} ${iso[1]}` };
  if (source.length > LONGEST || !MAY_SAY.test(source)) return null;
  const plain = plainWords(withoutWrappers(source).replace(AMPERSAND, ' and ')).replace(
    /^both (?=.+ and )|^on (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b)/i,
    '',
  );
  // Of what has commands still only a "yes" with its reason, and a substance, say something in words.
  if (plain.includes('\\') && !/^(?:yes|no)\b/i.test(plain)) return substanceIn(source);
  if (NO_SUCH.test(plain) || NO_SUCH_ABROAD.test(plain)) return { kind: 'text', words: 'none' };
  const date = DATE.exec(plain.replace(/^on /i, '').replace(DAY_FIRST, '$2 $1$3'));
  if (date !== null) return { kind: 'text', words: `${monthOf(date[1]!)}${(date[2] ?? '').replace(',', '')}` };
  if (NAMED_HOUR.test(plain)) return null;
  const short = YES_OR_NO.exec(plain);
  if (short !== null) return { kind: 'text', words: short[1]!.toLowerCase() };
  const meaning = /^[a-z]{1,2}$/.test(plain.toLowerCase()) ? undefined : sayingOf(plain);
  if (meaning !== undefined) return asText(readText(meaning));
  const axis = AXIS.exec(plain);
  if (axis !== null) return { kind: 'text', words: `${axis[1]!.toLowerCase()}-axis` };
  const option = OPTION.exec(plain)?.[1];
  if (option !== undefined) return symbol(option.toUpperCase());
  const letters = LETTERS.test(plain) ? plain.match(/[A-J]/g)! : null;
  if (letters !== null) return { kind: 'list', items: letters.map(symbol) };
  const substance = substanceIn(source);
  if (substance !== null) return substance;
  if (!WORDS.test(plain) || !isProse(plain)) return null;
  const measure = readHalves(plain);
  if (measure !== null) return measure;
  const proportion = readProportion(plain);
  if (proportion !== null) return proportion;
  const whole = asText(readText(plain));
  if (whole.kind !== 'text') return whole;
  const parts = plain
    .split(/[,;]|\s(?:and|or)(?=\s)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const listed = parts.length > 1 && parts.every((part) => part.split(/\s/).length <= 4);
  if (!listed) return whole;
  const items = parts.map((part) => asText(readText(part)));
  return /\sor\s/.test(plain) ? { kind: 'list', items, joint: 'or' } : { kind: 'list', items };
}

/** `Monday \& Friday` */
const AMPERSAND = /(?<=[a-zA-Z]{2}) \\?& (?=[a-zA-Z]{2})/g;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `Mar. 14` as `March 14`. */
function monthOf(date: string): string {
  const [name, day] = date.replace(/ the /i, ' ').split(/\.? /) as [string, string];
  return `${MONTHS.find((month) => month.toLowerCase().startsWith(name.toLowerCase().slice(0, 3)))} ${day}`;
}

/** Only `\text{…}` and its like are taken off; any other command makes a formula. */
const withoutWrappers = (source: string): string =>
  source.replace(/\\(?:text|textbf|textit|textrm|mbox|mathrm|operatorname)\s*\{([^{}]*)\}/g, '$1');

/** Every run of letters is a word, or one of the small ones that only words have beside them. */
function isProse(plain: string): boolean {
  if (/[^ -~]/.test(plain)) return true;
  const runs = plain.match(/[A-Za-z]+(?:['’][a-z]+)?/g) ?? [];
  const words = runs.filter(isWord);
  return (
    words.length > 0 &&
    runs.every(
      (run) =>
        isWord(run) ||
        (/^(?:a|an|A|I|is|in|of|to|at|on|by|it|no|be|or|and|we|if|as|so|he|do|did|has|was|won|can|may)$/.test(run) &&
          words.length > 0),
    )
  );
}

const isWord = (run: string): boolean =>
  /^(?:no|none|and|or|is)$/i.test(run) ||
  isNumberWord(run.toLowerCase()) ||
  splitLetters(run, undefined)[0]!.kind === 'word';

const asText = (node: Node): Node => (node.kind === 'unit' ? { kind: 'text', words: node.name } : node);
