/** Unicode signs as the LaTeX that they stand for. */
const SIGNS: Readonly<Record<string, string>> = {
  '×': '\\times ',
  '·': '\\cdot ',
  '⋅': '\\cdot ',
  '∙': '\\cdot ',
  '∗': '*',
  '÷': '/',
  '∕': '/',
  '⁄': '/',
  '−': '-',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '－': '-',
  '＋': '+',
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '≤': '\\le ',
  '⩽': '\\le ',
  '≦': '\\le ',
  '≥': '\\ge ',
  '⩾': '\\ge ',
  '≧': '\\ge ',
  '≠': '\\ne ',
  '≈': '\\approx ',
  '≡': '\\equiv ',
  '√': '\\surd ',
  '∛': '\\sqrt[3]',
  π: '\\pi ',
  '∞': '\\infty ',
  '∪': '\\cup ',
  '∩': '\\cap ',
  '∖': '\\setminus ',
  '∈': '\\in ',
  '∅': '\\emptyset ',
  '°': '^\\circ ',
  '±': '\\pm ',
  '∓': '\\mp ',
  '→': '\\to ',
  '′': "'",
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '½': '\\frac{1}{2}',
  '¼': '\\frac{1}{4}',
  '¾': '\\frac{3}{4}',
  '⅓': '\\frac{1}{3}',
  '⅔': '\\frac{2}{3}',
  '⅕': '\\frac{1}{5}',
  '⅛': '\\frac{1}{8}',
  '⅙': '\\frac{1}{6}',
  '，': ',',
  '、': ',',
  '；': ';',
  '：': ':',
  '（': '(',
  '）': ')',
  '［': '[',
  '］': ']',
  '｛': '{',
  '｝': '}',
  '．': '.',
  '。': '.',
  '％': '%',
  '⌊': '\\lfloor ',
  '⌋': '\\rfloor ',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  '⟨': '\\langle ',
  '⟩': '\\rangle ',
  '…': '\\ldots ',
  '⋯': '\\ldots ',
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  ℝ: '\\mathbb{R}',
  ℤ: '\\mathbb{Z}',
  ℕ: '\\mathbb{N}',
  ℚ: '\\mathbb{Q}',
  ℂ: '\\mathbb{C}',
  α: '\\alpha ',
  β: '\\beta ',
  γ: '\\gamma ',
  δ: '\\delta ',
  ε: '\\epsilon ',
  θ: '\\theta ',
  λ: '\\lambda ',
  μ: '\\mu ',
  ρ: '\\rho ',
  σ: '\\sigma ',
  τ: '\\tau ',
  φ: '\\phi ',
  ϕ: '\\phi ',
  ω: '\\omega ',
  Δ: '\\Delta ',
  Ω: '\\Omega ',
  Σ: '\\Sigma ',
  Φ: '\\Phi ',
  Γ: '\\Gamma ',
  '€': '\\text{euro}',
  '£': '\\text{pound}',
  '¥': '\\text{yuan}',
  '￥': '\\text{yuan}',
  '₹': '\\text{rupee}',
  '✓': '\\checkmark ',
  '✔': '\\checkmark ',
  '∎': '\\blacksquare ',
};

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const PLAIN = '0123456789-+n';
const SIZES = /\\(?:left|right|middle|bigg?[lrm]?|Bigg?[lrm]?)(?![a-zA-Z])\s*(\.(?=\s*(?:$|[^\d\s])))?/g;
/** `12^\text{th}` and `\text{12th}` at the end; in `12^\text{th} \text{ root}` twelve is no answer. */
const ORDINAL =
  /(?:(?<=\d)\s?(?:\^\s?\{\\(?:text|mathrm|textrm)\{(?:st|nd|rd|th)\}\}|\^?\s?\\(?:text|mathrm|textrm)\{(?:st|nd|rd|th)\})|\\text\{(\d{1,9})(?:st|nd|rd|th)\})(?=[\s.]{0,20}$)/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/**
 * An answer as one notation: Unicode signs as LaTeX, no delimiters of formulas, no sizes of brackets, no full stop at
 * the end. Spaces stay, for `3 1/2` is not `31/2`.
 */
export function tidy(source: string): string {
  const plain = withoutDelimiters(inOneNotation(source.replace(INVISIBLE, '')))
    .replace(/\\(?:boxed|fbox)(?=\s*\{)/g, '')
    .replace(SIZES, '')
    .replace(/(?<![a-zA-Z\\{])([RZQNC])\s*\\\s+(?=\\?\{)/g, '\\mathbb{$1} \\setminus ')
    .replace(ORDINAL, '$1')
    .replace(/\\(?:text[a-z]{0,2}|mathrm)\s*\{(\s*[($-]{0,3}\d[^{}\\]*)\}/g, ' $1 ')
    .replace(/(?<![a-zA-Z\\])Rs\.?\s?(?=\d)/g, '\\text{rupee} ')
    .replace(/\\(?:checkmark|blacksquare)(?![a-zA-Z])/g, ' ')
    .replace(/\b((?:hour|hr|minute|feet|foot|pound|dollar|year|day|week|yard|meter)s?)\s+and\s+(?=\d)/g, '$1 ')
    .replace(/\\\{\s*(?=\\begin\s*\{(?:array|cases|aligned|matrix|gathered|align)\})/g, '')
    .replace(/\*\*(?=\S)([^*]+)\*\*/g, '$1');
  return facingBrackets(withoutEdges(plain));
}

/** `]1, 2[` is how open intervals are written in French. */
function facingBrackets(text: string): string {
  if (!text.startsWith(']') && !text.endsWith('[')) return text;
  return text.replace(
    /([[\]])([^[\]()]*[,;][^[\]()]*)([[\]])/g,
    (_, open: string, inside: string, close: string) =>
      (open === '[' ? '[' : '(') + inside + (close === ']' ? ']' : ')'),
  );
}

/** Trimmed by hand: a pattern anchored at the end would be quadratic in a run of spaces. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t\r\n,;:'.includes(text[start]!)) start += 1;
  while (end > start && isTrailing(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isTrailing(text: string, at: number): boolean {
  if (text[at] === '.') return text[at - 1] !== '.';
  return ' \t\r\n,;:"*_`'.includes(text[at]!) && text[at - 1] !== '\\';
}

function inOneNotation(source: string): string {
  if (!/[^ -~]/.test(source)) return source;
  return source
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ]{1,40}/g, (digits) => `^{${plainDigits(digits, SUPERSCRIPTS)}}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉]{1,40}/g, (digits) => `_{${plainDigits(digits, SUBSCRIPTS)}}`)
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[^ -~]/g, (sign) => SIGNS[sign] ?? sign);
}

const plainDigits = (digits: string, alphabet: string): string =>
  [...digits].map((digit) => PLAIN[alphabet.indexOf(digit)]).join('');

/** `\$` is a currency and stays; `$`, `\(` and `\[` only delimit. Outside of a matrix `\\frac` is `\frac` escaped twice. */
function withoutDelimiters(source: string): string {
  const kept = source.replace(/(?<!\\)\$(?=\s?\d[\d,.]*\s*[a-z]*\.?$)/i, atStartOnly).replace(/(?<!\\)\$+/g, ' ');
  const single = /\\begin|\\\\begin/.test(kept)
    ? kept.replace(/\\\\(?=(?:begin|end)\{)/g, '\\')
    : kept.replace(/\\\\(?=[a-zA-Z{}[\]()%,;!$])/g, '\\');
  return single.replace(/\\[()[\]]/g, ' ');
}

/** `$18` alone is an amount of money. */
function atStartOnly(sign: string, offset: number): string {
  return offset === 0 ? '\\$' : sign;
}
