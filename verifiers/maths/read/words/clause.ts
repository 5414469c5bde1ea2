import { type Node, symbol } from '../../tree.ts';
import { isConstant } from '../../value/scan.ts';

const LONGEST = 400;
const KEYWORD = /\\forall(?![a-zA-Z])|(?<![a-zA-Z\\])(?:for|where|when|at)(?![a-zA-Z'])/;
/** What joins a clause to its answer: a comma, a bracket, space, the beginning of a text. */
const JOINT = /(?:\\(?:text|mbox|textrm|mathrm)\s?\{|[\s,;(~]|\\[,;:! ]|\\q?quad)$/;
const MEMBER =
  /(?:[,;(]|\\q?quad|\\(?:text|mbox) ?\{,? ?(?:for|where|with) ?\}|\b(?:for|where|with)\b)(?:[ ~]|\\[,;:! ]|\\q?quad(?![a-zA-Z])){0,6}(([a-zA-Z](?: ?, ?[a-zA-Z]){0,4}) ?\\in ?(?:\{?\\(?:mathbb|mathbf|Bbb) ?)?\{? ?[RZNQC] ?\}{0,2}(?:[\^_]\{?[+*>0-9]{1,3}\}?)?) ?\)?$/;

const INDEXED =
  /(?:[,;(]|\\q?quad|\b(?:for|where|with)\b(?: all)?)(?:[ ~]|\\[,;:! ]|\\q?quad(?![a-zA-Z])){0,6}(([ijkmn]) ?(?:\\geq?(?:slant)?(?![a-z])|>|≥) ?\d{1,2}) ?\)?$/;

/** Whole numbers, all of them: `for all real x`, `for n \ge 1`, `where k is an integer`. Nothing that names a second value. */
const QUANTIFIER =
  /^(?:all|any|every|each|some|(?:[a-z] ?(?:, ?[a-z] ?)*(?:is|are) )(?:an? |any |some |all )?(?:arbitrary |positive |nonnegative |non-negative |nonzero |real |natural )*(?:integer|number|constant|real)s?\b|(?:positive |real |natural )?(?:integers?|numbers|constants?)\b)(?!.*(?:\b(?:or|otherwise|else|except|if|but|when|where)\b|(?<![<>!])=))[\s\w\\{}<>=+,^.()-]*$/;

/** `, k an integer`, `for any integer k`, `where k is an integer` */
const WHOLE =
  /(?:[,;(]|\b(?:for|where|with)\b)[ ,]{0,3}(?:where |with )?(?:(?:all|any|every|each|some) )?(?:integers? ([a-z])|([a-z]) (?:is |being )?(?:an? |any )?(?:arbitrary )?integer) ?\)?$/;

/** `(k = 0, \pm 1, \pm 2, \ldots)` */
const COUNTED = /[,;( ]\(?([a-z]) ?= ?0 ?, ?\\pm ?1 ?,(?: ?\\pm ?\d ?,){0,3} ?(?:\\[lc]?dots[a-z]?|\.\.\.) ?\)?$/;

const NAME = '[a-zA-Z](?:_ ?(?:\\w|\\{\\w{1,3}\\}))?';
const NAMES = `${NAME}(?: ?(?:,|,? and) ?${NAME}){0,5}`;
const ARBITRARY = '(?:(?:all|any|every|some|an?|the|arbitrary|real|fixed) ){0,4}';
/** `, C constant`, `where C is an arbitrary constant`, `for some constant c` */
const CONSTANT = new RegExp(
  `(?:[,;(]|\\b(?:for|where|with)\\b)[ ,]{0,3}(?:for |where |with )?(?:${ARBITRARY}constants? (${NAMES})|(${NAMES}) ?(?:= ?|(?:is|are|being) )?${ARBITRARY}const(?:\\.|ants?)?(?: of integration)?) ?\\)?$`,
);

/**
 * An answer before the clause that says where it holds: for which values (`2x \text{ for all } x`, `2k, k \in \mathbb{Z}`),
 * or at which place a number is taken (`6 \text{ at } x = 2`). Null where the clause may be part of the answer.
 */
export function readClause(source: string, read: (content: string) => Node): Node | null {
  if (source.length > LONGEST) return null;
  const spaced = source.replace(/\s+/g, ' ');
  return (
    readWholes(spaced, read) ??
    readConstants(spaced, read) ??
    readMember(spaced, read) ??
    readIndexed(spaced, read) ??
    readKeyword(spaced, read)
  );
}

function readWholes(source: string, read: (content: string) => Node): Node | null {
  if (!source.includes('integer') && !source.includes('\\pm')) return null;
  const plain = unbraced(source);
  const match = WHOLE.exec(plain) ?? COUNTED.exec(plain);
  const name = match?.[1] ?? match?.[2];
  if (match === null || name === undefined) return null;
  const said = withoutJoint(plain.slice(0, match.index));
  const content = read(said);
  if (!isAnswer(content) || !names(said, name)) return null;
  const condition: Node = {
    kind: 'relation',
    operators: ['∈'],
    sides: [symbol(name), { kind: 'numberSet', name: 'Z' }],
  };
  return { kind: 'qualified', content, condition };
}

/** What is arbitrary has no other value for being called so. */
function readConstants(source: string, read: (content: string) => Node): Node | null {
  if (!source.includes('const')) return null;
  const plain = unbraced(source);
  const match = CONSTANT.exec(plain);
  const said = (match?.[1] ?? match?.[2])?.split(/ ?(?:,|\band\b) ?/).filter((name) => name !== '');
  if (match === null || said === undefined) return null;
  const before = withoutJoint(plain.slice(0, match.index));
  const content = read(before);
  if (!isAnswer(content) || !said.every((name) => names(before, name))) return null;
  const [name, ...others] = said.map((written) => written.replace(/[{}]/g, ''));
  return { kind: 'qualified', content, condition: others.length > 0 ? null : isReal(name!) };
}

const isReal = (name: string): Node => ({
  kind: 'relation',
  operators: ['∈'],
  sides: [symbol(name), { kind: 'numberSet', name: 'R' }],
});

const unbraced = (text: string): string =>
  text
    .replace(/\\(?:text|mbox|textrm|mathrm)\s?\{([^{}]*)\}/g, ' $1 ')
    .replace(/\\[,;:! ]|\\q?quad(?![a-zA-Z])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function readMember(source: string, read: (content: string) => Node): Node | null {
  const match = MEMBER.exec(source);
  if (match === null) return null;
  const said = source.slice(0, match.index);
  const content = read(said);
  const letters = match[2]!.split(/ ?, ?/);
  const condition = read(letters.length === 1 ? match[1]! : match[1]!.replace(match[2]!, `(${match[2]})`));
  if (!isAnswer(content) || condition.kind !== 'relation') return null;
  const bounded = content.kind === 'relation' && content.operators.some((operator) => operator !== '=');
  return letters.every((letter) => names(said, letter)) && !bounded ? { kind: 'qualified', content, condition } : null;
}

/** `a_n = 2^n - 1, n \ge 1`: from where on the index of a sequence runs. */
function readIndexed(source: string, read: (content: string) => Node): Node | null {
  const match = INDEXED.exec(source);
  if (match === null) return null;
  const content = read(withoutJoint(source.slice(0, match.index)));
  const [name] = content.kind === 'relation' && content.operators.join() === '=' ? content.sides : [];
  if (name === undefined || !isTerm(name, match[2]!)) return null;
  return { kind: 'qualified', content, condition: read(match[1]!) };
}

/** `a_n`, `a(n)` */
const isTerm = (name: Node, index: string): boolean =>
  (name.kind === 'symbol' && name.name.endsWith(`_${index}`)) ||
  (name.kind === 'apply' && name.args.length === 1 && isLetter(name.args[0]!, index));

function readKeyword(source: string, read: (content: string) => Node): Node | null {
  const keyword = KEYWORD.exec(source);
  if (keyword === null || /\bonly\s?$/.test(source.slice(0, keyword.index))) return null;
  const content = read(withoutJoint(source.slice(0, keyword.index)));
  if (!isAnswer(content)) return null;
  const said = unwrapped(source.slice(keyword.index + keyword[0].length));
  if (keyword[0] === '\\forall' ? QUANTIFIER.test(`all ${said}`) : /^[fw]/.test(keyword[0]) && QUANTIFIER.test(said))
    return { kind: 'qualified', content, condition: null };
  if (!isConstant(content) || !/^(?:[a-zA-Z](?:_\w)?\s*=|\()[^=]*$/.test(said)) return null;
  const place = read(said);
  const isPlace = place.kind === 'tuple' || (place.kind === 'relation' && isConstant(place.sides.at(-1)!));
  return isPlace ? { kind: 'qualified', content, condition: place } : null;
}

/** The clause without its texts' braces and the bracket that it may stand in. */
function unwrapped(said: string): string {
  const plain = said
    .replace(/\\(?:text|mbox|textrm|mathrm)\s?\{([^{}]*)\}/g, ' $1 ')
    .replace(/\}/, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.endsWith(')') && !plain.includes('(') ? plain.slice(0, -1).trim() : plain;
}

/** What joins the clause to its answer is taken off piece by piece, the last of them first. */
function withoutJoint(text: string): string {
  const joint = JOINT.exec(text.slice(-12));
  return joint === null ? text : withoutJoint(text.slice(0, text.length - joint[0].length));
}

const names = (text: string, letter: string): boolean => text.replace(/\\[a-zA-Z]+/g, ' ').includes(letter);

const isLetter = (node: Node, letter: string): boolean => node.kind === 'symbol' && node.name === letter;

const isAnswer = (node: Node): boolean =>
  node.kind !== 'unreadable' && node.kind !== 'text' && node.kind !== 'qualified' && node.kind !== 'labelled';
