import { replacing } from '../../../claims/text/cleaning/replacing.ts';
import { withoutFrame } from './frame.ts';
import { withoutMarkup } from './markup.ts';
import { withSetBraces } from './set-braces.ts';
import { inOneNotation } from './signs.ts';

/** `|AB| =`, `|\overrightarrow{AB}| =`: the length of a segment goes by its ends. */
const LENGTH =
  /^\s?(?:\||\\[lr]?[vV]ert)\s?(?:\\(?:overline|overrightarrow|vec)\s?\{)?\s?([A-Z]{2})\s?\}?\s?(?:\||\\[lr]?[vV]ert)(?=\s?=)/;
const SIZES = /\\left\s*\.|\\(?:left|right|middle|bigg?[lrm]?|Bigg?[lrm]?)(?![a-zA-Z])\s*(\.(?=\s*(?:$|[^\d\s])))?/g;
/** `12^\text{th}` and `\text{12th}` at the end; in `12^\text{th} \text{ root}` twelve is no answer. */
const ORDINAL =
  /(?:(?<=\d)\s?(?:\^\s?\{\\(?:text|mathrm|textrm)\{(?:st|nd|rd|th)\}\}|\^?\s?\\(?:text|mathrm|textrm)\{(?:st|nd|rd|th)\})|\\text\{(\d{1,9})(?:st|nd|rd|th)\})(?=[\s.]{0,20}$)/g;
/** What is struck out or takes space only, and what numbers an equation. */
const UNSEEN =
  /\\(?:tag\*?|label)\s*\{[^{}]*\}|\\(?:[hv]?phantom|[bx]?cancel|sout)\s*\{[^{}]*\}|\\rule\s*\{[^{}]*\}\s*\{[^{}]*\}|\\bbox\s*\[[^[\]]{0,80}\]/g;
/** `{}_{10}C_3`, `^{10}C_3`, `7C3`, `C(10,3)`. */
const CHOSEN =
  /(?:\{\s?\}\s?|(?<![\w)}\s]))\s?[_^]\s?(?:\{\s?(\d{1,4})\s?\}|(\d))\s?(?:\\(?:mathrm|text|mathbf)\s?\{\s?([CP])\s?\}|([CP]))\s?_\s?(?:\{\s?(\d{1,4})\s?\}|(\d))|(?<![\w.\\])(?:(\d{1,4})C(\d{1,4})(?![\w.])|(?:C|nCr|comb)\(\s?(\d{1,4}|[nmN])\s?,\s?(\d{1,4}|[a-z])\s?\)|(\d{1,4}|[nmN]) choose (\d{1,4}|[a-z])(?!\w))/g;
/** `{}_nC_k` and `C_n^k` alone. */
const LETTERED =
  /^\s*(?:(?:\{\s?\})?_\s?\{?\s?([a-zN])\s?\}?\s?C_\s?\{?\s?([a-z\d]{1,2})\s?\}?|C_\s?\{?\s?([a-zN])\s?\}?\s?\^\s?\{?\s?([a-z\d]{1,2})\s?\}?)\s*$/;
/** `the 7th term`, but not `the 7th root`, and not the product `2st`. */
const COUNTED_ORDINAL =
  /(?:(?<=(?<!1)1)st|(?<=(?<!1)2)nd|(?<=(?<!1)3)rd|(?<=[04-9]|1[1-3])th)(?=(?: (?:term|day|place|position|number|person|century|row|column|element|student|house|floor|month|week|hour|minute|round|game|item|letter|integer|year|one)s?)?[\s.]{0,20}$)/g;
/** `0.9 m long`: which length it is, behind a letter that would else be a factor. */
const EXTENT = /(?<=\d[\s}$]{0,3}(?:m|"|''|″|′′)) (?:long|wide|tall|high|deep|thick)(?=[\s.]{0,20}$)/;
/** SymPy's `[{x: 1}, {x: 2}]` */
const SOLUTIONS = /^\s*\[(\s?\\?\{[^{}:]{1,9}:[^{}]{1,200}\}(?:,\s?\\?\{[^{}:]{1,9}:[^{}]{1,200}\}){1,9}\s?)\]\s*$/;
/** SymPy's `{x: 1}` */
const SOLUTION = /\\?\{((?:\s?[a-z]\w{0,3}\s?:\s?[-+\d\s./*()^sqrtpiI]{1,60},?){1,6})\\?\}/g;
/** `math.sqrt(2)`, `np.pi` */
const MODULE = /(?<![\w.\\])(?:math|cmath|np|numpy|sympy|sp)\.(?=[a-zA-Z])/g;
const SYMPY_NAMES: Readonly<Record<string, string>> = {
  Reals: '\\mathbb{R}',
  Integers: '\\mathbb{Z}',
  Naturals: '\\mathbb{N}',
  Rationals: '\\mathbb{Q}',
  Complexes: '\\mathbb{C}',
  EmptySet: '\\emptyset ',
  Infinity: '\\infty ',
  NegativeInfinity: '-\\infty ',
  Half: '\\frac{1}{2}',
  Pi: '\\pi ',
};
/** `Interval(0, 1, right_open=True)` */
const OPEN_END = /,\s?(left|right)_open\s?=\s?True(?=\s?\))/g;
/** `S.Reals`, or `Reals` alone */
const NAMED_IN_SYMPY = new RegExp(
  `(?:(?<![\\w.\\\\])S\\.|^(?=(?:EmptySet|Reals|Integers|Naturals|Rationals|Complexes)\\s*$))(${Object.keys(SYMPY_NAMES).join('|')})(?!\\w)`,
  'g',
);
/** `(1, 2, 3)^T` */
const TRANSPOSED =
  /^\s{0,3}[([]([^()[\]]{1,200})[)\]]\s?\^\s?(?:T|\\top|\\intercal|\{\s?(?:T|\\top|\\intercal|\\mathrm\{T\})\s?\})\s{0,3}$/;
const THOUSANDS = /(\\\$\s?\d[\d,.]{0,20})\s?([kKmM])(?![a-zA-Z])/g;
/** `5m²`: the sign that no formula has says that a measure was meant. */
const GLUED = /(?<=\d)(?:[ckd]?m|mm)[²³]/g;
/** `5 μm`, `2 kΩ`: a prefix of SI that is no factor, right before its unit. */
const PREFIXED = /(?<=\d\s?)(?:[μµ](mol|[msgAFCTHVWLNJ])(?![a-zA-Z])|([kMmG])[ΩΩ])/g;
const prefixed = (_: string, small?: string, of?: string): string =>
  small === undefined ? ` \\text{${of}ohm}` : ` \\text{micro${small}}`;
/** The same in LaTeX: `\mu\text{m}`, `\mathrm{\mu m}`, `\text{k}\Omega`, `\,k\Omega`. */
const MICRO =
  /(?<=[\d}](?:\s|\\[,;: ]|~){0,4})(?:\\mu\s?\\(?:text|mathrm|rm)\s?\{\s?|\\(?:text|mathrm|rm)\s?\{\s?\\mu\s?)(mol|[msgAFCTHVWLNJ])\s?\}/g;
const OHMS =
  /(?<=\d(?:\s|\\[,;: ]|~){0,4})(?:\\(?:text|mathrm|rm)\s?\{\s?([kMmG])\s?(?:\}\s?\\Omega(?![a-zA-Z])|\\Omega\s?\})|([kMmG])\s?\\Omega(?![a-zA-Z]))/g;
/** `{}^{3}\!/_{4}` */
const SLANTED =
  /(?:\{\s?\}\s?|(?<![\w)}\]]\s{0,2}))\^\s?(?:\{([^{}]{1,40})\}|(\w))\s?(?:\\!\s?){0,3}\/\s?(?:\\!\s?){0,3}_\s?(?:\{([^{}]{1,40})\}|(\w))/g;
/** `90^o` and `90^{\text{o}}` after a numeral. */
const RAISED_O =
  /(?<=\d)\s?\^\s?(?:o(?![a-zA-Z])|\\(?:text|mathrm)\s?\{\s?o\s?\}|\{\s?(?:o|\\(?:text|mathrm|rm)\s?\{?\s?o\s?\}?)\s?\})/g;
/** `(-oo < x) & (x < 2)`, as SymPy joins inequalities. */
const JOINED = /(?<=[<>=][^<>=()]{0,40})\)\s?([&|])\s?\((?=[^()]{0,40}[<>=])/g;
/** `\mathbf{2}\mathbf{5}` */
const STYLED_DIGITS = /(?:\\(?:mathbf|mathrm|mathit|mathsf|boldsymbol|bm)\s?\{\s?\d{1,20}\s?\} ?){2,20}/g;
/** `(g \circ f)(x)` */
const COMPOSED = /\(\s?([a-zA-Z])\s?\\circ\s?([a-zA-Z])\s?\)\s?\(([^()]{1,40})\)/g;
/** The sign that ends a proof. */
const PROVEN = /(?<=[\w)}\]$]\s{0,4}|quad\s{0,4}|\\[,;: ]\s{0,4})\\(?:square|Box|qedsymbol|qed|Diamond)(?=[\s.$]*$)/;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const ASCII = /^[ -~\t\r\n]*$/;
/** What most answers are, and nothing has to be tidied of. */
const WHOLE = /^-?\d{1,30}$/;

/**
 * An answer as one notation: Unicode signs as LaTeX, no delimiters of formulas, no sizes of brackets, no full stop at
 * the end. Spaces stay, for `3 1/2` is not `31/2`.
 */
export function tidy(source: string): string {
  if (WHOLE.test(source)) return source;
  const apart = ASCII.test(source)
    ? source
    : source.replace(INVISIBLE, '').replace(GLUED, ' $&').replace(PREFIXED, prefixed);
  const plain = withoutFrame(withoutDelimiters(inOneNotation(withSetBraces(withoutMarkup(apart)))));
  return facingBrackets(withoutEdges(stepped(plain)));
}

const stepped = replacing([
  [['=<'], /=<(?=\s?[-\d\\a-z(])(?![^<>]*>)/g, '\\le '],
  [['%'], /(?<![\\\d]\s?)%[ \t]?[a-zA-Z][^\n]{0,200}\n/g, '\n'],
  [
    ['{\\text', '{\\math', '{\\rm'],
    /\\(?:text[a-z]{0,6}|mbox|mathop|mathrm)\s?\{(\\(?:text[a-z]{0,6}|mathrm|rm)\s?\{[^{}]{1,60}\})\}/g,
    '$1',
  ],
  [
    ['LCM', 'GCD', 'HCF', 'GCF'],
    /\\(?:text|mathrm|operatorname)\s?\{(LCM|GCD|HCF|GCF)\}/g,
    (_, name) => (name === 'LCM' ? '\\lcm ' : '\\gcd '),
  ],
  [['|', '\\mid'], /(?<=(?<![a-zA-Z\\])P\([^()|]{1,20}?)\s?(?:\||\\mid(?![a-z]))\s?(?=[^()|]{1,20}\))/g, ', '],
  [['{{{{'], /\{{4}([^{}]{1,200})\}{4}/g, '{$1}'],
  [['C', 'P', 'comb', 'choose'], CHOSEN, (...groups) => chosen(groups)],
  [['box'], /\\(?:boxed|fbox)(?=\s*\{)/g, ''],
  [['phantom', 'cancel', '\\sout', '\\rule', '\\bbox', '\\tag', '\\label'], UNSEEN, ' '],
  [
    ['{e', '{E', '{ e', '{ E'],
    /(?<=\d)\\(?:mathrm|text|rm)\s?\{\s?([eE])\s?([-+]?)\s?\}\s?(?:\{\s?([-+]?\d{1,4})\s?\}|(?=[-+]?\d))/g,
    '$1$2$3',
  ],
  [['\\!'], /(?<=\d)\\!(?=\d)/g, ''],
  [['\\thinspace'], /(?<=\d)\\thinspace\s?(?=\d)/g, '\\,'],
  [['{,', '{ ,'], /(?<=\d) ?(?:\\(?:text|mathord|mathpunct))?\{ ?, ?\} ?(?=\d{3}(?!\d))/g, '{,}'],
  [
    ['<'],
    /^\s*<([^<>=]+)>\s*$/,
    (whole, inner) =>
      inner!.slice(1, -1).includes(',')
        ? `\\langle ${inner} \\rangle`
        : /^\s?-?\d[\d.]{0,30}\s?$/.test(inner!)
          ? inner!
          : whole,
  ],
  [['\\left', '\\right', '\\middle', '\\big', '\\Big'], SIZES, ''],
  [['|', '\\vert', '\\lvert', '\\Vert', '\\lVert'], LENGTH, '$1'],
  [['mod'], /\\text\s*\{\s*\(\s*mod\s*\}\s*(\d{1,20})\s*\)/g, '\\pmod{$1}'],
  [
    ['\\ ', '\\\n', '\\\t'],
    /(?:(?<![a-zA-Z\\{])([RZQNC])|\\mathbb ?\{?([RZQNC])\}?)\s*\\\s+(?=\\?\{)/g,
    (_, plain, bold) => `\\mathbb{${plain ?? bold}} \\setminus `,
  ],
  [['st}', 'nd}', 'rd}', 'th}'], ORDINAL, '$1'],
  [
    ['\\text', '\\mathrm', '\\mbox', '\\hbox', '\\emph'],
    /\\(?:text[a-z]{0,6}|mathrm|mbox|hbox|emph)\s*\{(\s*(?:\\\$|[($-]){0,3}\d(?:[^{}\\]|\\[ ,;:])*)\}/g,
    ' $1 ',
  ],
  [
    ['\\text', '\\mbox'],
    /\\(?:text|textbf|textit|textrm|mbox)\s*\{(\s*[a-zA-Z](?:\([a-z]\)|_\d)?\s?(?:[=<>]|\\[gl]eq?(?![a-z]))[^{}]*)\}/g,
    ' $1 ',
  ],
  [['\\nexists'], /^\s*\\nexists\s*$/, '\\text{does not exist}'],
  [['\\to', '\\rightarrow'], /^\s*\\(?:to|rightarrow)\s*(?=[-+]?\\infty)/, ''],
  [['plus or minus'], /^\s*(?:\\text\s?\{\s?)?plus or minus\s?\}?\s*(?=[\d$\\])/, '\\pm '],
  [['/d'], /(?<![a-zA-Z\\{])d([a-z])\/d([a-z])(?![a-zA-Z])/g, '\\frac{d$1}{d$2}'],
  [['C_', 'C^'], LETTERED, (_, ...[above, below, n, k]) => `\\binom{${above ?? n}}{${below ?? k}}`],
  [['\\root'], /\\root\s*\{?\s?(\w{1,4})\s?\}?\s*\\of(?![a-zA-Z])/g, '\\sqrt[$1]'],
  [['负', '負'], /[负負]\s?(?=[\d\\(a-z])/g, '-'],
  // Behind a command TeX's percent sign begins a comment.
  [['}%', '} %'], /(?<=\\[a-zA-Z][^%]{0,200}\})\s?%\s*$/, ''],
  [['分'], /(\d{1,9})\s?分[之の]\s?(\d{1,9})/g, '\\frac{$2}{$1}'],
  [['+-'], /(?<=(?:^|=)\s?)\+-(?=[\d\\a-z(])/g, '\\pm '],
  [['\\text'], /\\text\s?\{\s?([,;])\s?\}/g, '$1 '],
  [['\\mu'], MICRO, ' \\text{micro$1}'],
  [['\\Omega'], OHMS, (_, worded, plain) => ` \\text{${worded ?? plain}ohm}`],
  [['Rs'], /(?<![a-zA-Z\\])Rs\.?\s?(?=\d)/g, '\\text{rupee} '],
  [['st', 'nd', 'rd', 'th'], COUNTED_ORDINAL, ''],
  [['long', 'wide', 'tall', 'high', 'deep', 'thick'], EXTENT, ''],
  [['x10', 'x 10'], /(?<=\d) ?x ?(?=10\s?\^)/g, '\\times '],
  [['math.', 'np.', 'numpy.', 'sympy.', 'sp.'], MODULE, ''],
  [['_open'], OPEN_END, (_, side) => (side === 'left' ? ', True' : ', False, True')],
  [
    ['S.', 'EmptySet', 'Reals', 'Integers', 'Naturals', 'Rationals', 'Complexes'],
    NAMED_IN_SYMPY,
    (_, name) => SYMPY_NAMES[name!]!,
  ],
  [['float('], /(?<![\w.])float\(\s?'inf(?:inity)?'\s?\)/g, '\\infty '],
  [['[]', '[ ]', 'set()'], /^\s*(?:\[\s?\]|set\(\))\s*$/, '\\emptyset '],
  [
    ['T', '\\top', '\\intercal'],
    TRANSPOSED,
    (_, entries) => `\\begin{pmatrix} ${entries!.replaceAll(',', ' \\\\ ')} \\end{pmatrix}`,
  ],
  [['[{', '[ {'], SOLUTIONS, '$1'],
  [[':'], SOLUTION, (_, pairs) => ` ${pairs!.replaceAll(':', '=')} `],
  [['\\$'], THOUSANDS, (_, amount, scale) => `${amount} ${/k/i.test(scale!) ? 'thousand' : 'million'}`],
  [['mod'], /\(\s?(?:mod|\\mathrm\s?\{\s?mod\s?\})\s?\\?\s?(\d{1,20}|[a-z])\s?\)/g, '\\pmod{$1}'],
  [['/_', '/ _', '!_'], SLANTED, (_, ...parts) => `\\frac{${parts[0] ?? parts[1]}}{${parts[2] ?? parts[3]}}`],
  [['^o', '^ o', '^{o', '^{\\t', '^{\\m', '^{\\r', '^ {', '^{ ', '^\\t', '^\\m'], RAISED_O, '^\\circ '],
  [['\\square', '\\Box', '\\qed', '\\Diamond'], PROVEN, ' '],
  [['{.', '{:', '{ .', '{ :'], /(?<=\d)(?:\\math(?:ord|punct|bin|rel))?\s?\{\s?([.:])\s?\}\s?(?=\d)/g, '$1'],
  [['\\textdollar', '\\mathdollar'], /\\text\s?\{\s?\\textdollar\s?\}|\\(?:text|math)dollar(?![a-z])/g, '\\$$'],
  [['US'], /(?<![A-Za-z\\])US ?(?=\\\$)/g, ''],
  [
    ['\\pounds', '\\euro', '\\yen', '\\text'],
    /\\(?:text)?(?:(euro|yen)s?|(pounds?|sterling))(?![a-z])/g,
    (_, name) => `\\text{${name ?? 'gbp'}}`,
  ],
  [['\\Delta'], /\\Delta\s*(?=[A-Z]{3}(?![A-Za-z]))/g, '\\triangle '],
  [[' mod '], /(?<=[\w)}\]] ?)(?<!\\) mod (?=-?\d|[a-z](?![a-z]))/g, ' \\bmod '],
  [['\\circ'], COMPOSED, '$1($2($3))'],
  [['\\genfrac'], /\\genfrac\s?\{[^{}]{0,4}\}\s?\{[^{}]{0,4}\}\s?\{\s?\}\s?\{\s?\d?\s?\}/g, '\\frac'],
  [['{\\', '{ \\'], /\{\s?\\(cdot|times)\s?\}/g, '\\$1 '],
  [['set('], /^\s*(?:frozen)?set\(\s?\[([^[\]]{1,400})\]\s?\)\s*$/, '\\{$1\\}'],
  [[') &', ')&', ') |', ')|'], JOINED, (_, sign) => (sign === '&' ? ') and (' : ') or (')],
  [['}\\', '} \\'], STYLED_DIGITS, (found) => found.replace(/\D/g, '')],
  [['{\\', '{ \\'], /\{\s?\\(?:[lL]arge|LARGE|[hH]uge|small|tiny|normalsize)\s*([-+*/=])\s?\}/g, '$1'],
  [[' x ', ' X '], /(?<=[\d%)] {1,3})[xX](?= {1,3}\$?[\d.(])/g, '\\times '],
  [['per cent'], /\bper cent(?![a-z])/g, 'percent'],
  [['\\angle'], /(?<![a-zA-Z\\])m\s?(?=\\angle(?![a-z]))/g, ''],
  [['\\checkmark', '\\blacksquare'], /\\(?:checkmark|blacksquare)(?![a-zA-Z])/g, ' '],
  [['and'], /\b((?:hour|hr|minute|feet|foot|pound|dollar|year|day|week|yard|meter)s?)\s+and\s+(?=\d)/g, '$1 '],
  [['\\begin'], /\\\{\s*(?=\\begin\s*\{(?:array|cases|aligned|matrix|gathered|align)\})/g, ''],
  [['matrix*'], /\\(begin|end)\s?\{([pbBvV]?matrix)\*\}(?:\s?\[[lcr]\])?/g, '\\$1{$2}'],
  [
    ['\\top', '\\intercal', '{T', '{ T', '{t'],
    /(?<=[\])}a-zA-Z]\s?\^\s?\{?\s?)\\(?:top|intercal|(?:mathsf|mathrm|text|mathbf|rm|intercal)\s?\{\s?[tT]\s?\})/g,
    'T',
  ],
  [['('], /^(\s*-?\d{0,40}\.\d{1,40})\((\d{1,40})\)(?=\s*$)/, '$1\\overline{$2}'],
  [['EmptySet', 'Reals', 'Integers'], /^\s*(EmptySet|Reals|Integers)(?:\(\))?\s*$/, (_, name) => SYMPY_NAMES[name!]!],
  [['**'], /(?<![\w)\]}])\*\*(?=\S)([^*]+)\*\*/g, '$1'],
  [['\\rm'], /\{\s?\\rm\s+([a-zA-Z]{1,20})\s?\}/g, '\\mathrm{$1}'],
  [['{}', '{ }'], /(?<=\d)\{\s?\}\s?(?=\d)|(?<=[\w)}\]])\s?\{\s?\}\s?$/g, ''],
  [
    ['\\mid'],
    /(?<=(?:^|[-+*/=<>(,]|\\(?:displaystyle|[lg]eq?|cdot|times))\s{0,3})\\mid(?![a-z])([^|]{1,100}?)\\mid(?![a-z])/g,
    '|$1|',
  ],
  [['\\verb'], /\\verb([|+!])([^|+!]{1,80})\1/g, '$2'],
  [['.\\'], /(?<![\d.])\.(?=\\(?:overline|bar|dot)\s?\{?\s?\d)/g, '0.'],
  [['\\text{\\text', '\\text{ \\text'], /\\text\s?\{\s?(\\text\{[a-z]{3,6}\})\s?\}/g, '$1'],
]);

function chosen(groups: readonly (string | undefined)[]): string {
  const upper = groups[1] ?? groups[2] ?? groups[7] ?? groups[9] ?? groups[11]!;
  const lower = groups[5] ?? groups[6] ?? groups[8] ?? groups[10] ?? groups[12]!;
  const ordered = (groups[3] ?? groups[4]) === 'P';
  return ordered ? `\\frac{${upper}!}{(${upper}-${lower})!}` : `\\binom{${upper}}{${lower}}`;
}

/** `]1, 2[` is how open intervals are written in French. */
function facingBrackets(text: string): string {
  if (!text.startsWith(']') && !text.endsWith('[')) return text;
  return text.replace(/[[\]][^[\]()]*[[\]]/g, (part) => {
    const inside = part.slice(1, -1);
    if (!/[,;]/.test(inside)) return part;
    return (part.startsWith('[') ? '[' : '(') + inside + (part.endsWith(']') ? ']' : ')');
  });
}

/** Trimmed by hand: a pattern anchored at the end would be quadratic in a run of spaces. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t\r\n,;:"`'.includes(text[start]!)) start += 1;
  if (text[start] === "'" && text[end - 1] === "'") [start, end] = [start + 1, end - 1];
  while (end > start && isTrailing(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isTrailing(text: string, at: number): boolean {
  if (text[at] === '.') return text[at - 1] !== '.';
  if (text[at] === '"' && /'\s?\d{1,2}$/.test(text.slice(Math.max(0, at - 5), at))) return false;
  return ' \t\r\n,;:"*_`'.includes(text[at]!) && text[at - 1] !== '\\';
}

/** `\$` is a currency and stays; `$`, `\(` and `\[` only delimit. Outside of a matrix `\\frac` is `\frac` escaped twice, but `\\b` a new line. */
function withoutDelimiters(source: string): string {
  const kept = source.includes('$') ? withoutDollars(source) : source;
  if (!kept.includes('\\')) return kept;
  const single = kept.includes('\\\\') ? escapedOnce(kept) : kept;
  return single.replace(/\\[()[\]]/g, ' ');
}

const withoutDollars = (source: string): string =>
  source
    .replace(/(?<!\\)\$(?=\s?\d[\d,.]*\s*(?:(?:\/\s?|per )?[a-z]+)?\.?$)/i, atStartOnly)
    .replace(/(?<!\\)\$+/g, ' ');

/** `\\[4pt]` and `\\*` end a row with a space below it. */
const ROW_END =
  /\\\\(?:\*|\s{0,3}\[\s?-?\d[\d.]{0,6}\s?(?:pt|px|mm|cm|in|ex|em|mu|sp|bp|pc|\\baselineskip|\\jot)\s?\])+/g;

const escapedOnce = (source: string): string =>
  source.includes('\\begin')
    ? source.replace(ROW_END, '\\\\').replace(/(?<!\\)\\\\(?=(?:begin|end)\{)/g, '\\')
    : source.replace(/\\\\(?=[a-zA-Z]{2}|[{}[\]()%,;!$])/g, '\\');

/** `$18` alone is an amount of money. */
function atStartOnly(sign: string, offset: number): string {
  return offset === 0 ? '\\$' : sign;
}
