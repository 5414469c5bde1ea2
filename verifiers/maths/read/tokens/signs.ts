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
  '‒': '-',
  '―': '-',
  '➖': '-',
  '➕': '+',
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
  Ø: '\\emptyset ',
  '⌀': '\\emptyset ',
  '°': '^\\circ ',
  '±': '\\pm ',
  '∓': '\\mp ',
  '→': '\\to ',
  '′': "'",
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '、': ',',
  '。': '.',
  '【': ' ',
  '】': ' ',
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
  '¢': '\\text{cent}',
  '€': '\\text{euro}',
  '£': '\\text{gbp}',
  '¥': '\\text{yenyuan}',
  '￥': '\\text{yenyuan}',
  '₹': '\\text{rupee}',
  '✓': '\\checkmark ',
  '✔': '\\checkmark ',
  '∎': '\\blacksquare ',
  '∣': '\\mid ',
  '∤': '\\nmid ',
  '≢': '\\not \\equiv ',
  ℏ: '\\hbar ',
  '‖': '|',
  '∶': ':',
  '∨': '\\lor ',
  '∧': '\\wedge ',
  '∉': '\\notin ',
  '⊂': '\\subset ',
  '⊆': '\\subseteq ',
  '⇒': '\\implies ',
  '⟹': '\\implies ',
  '⇔': '\\iff ',
  '⟺': '\\iff ',
  '↔': '\\iff ',
  '¬': '\\neg ',
  '∀': '\\forall ',
  '∃': '\\exists ',
  '∄': '\\nexists ',
  '∆': '\\Delta ',
  '∂': '\\partial ',
  '∇': '\\nabla ',
  '⋃': '\\cup ',
  '⋂': '\\cap ',
  '⋁': '\\lor ',
  '⋀': '\\wedge ',
  '⟂': '\\perp ',
  '∡': '\\angle ',
  '∢': '\\angle ',
  '≔': '=',
  '↦': '\\mapsto ',
  '・': '\\cdot ',
  '‧': '\\cdot ',
  '⋆': '*',
  '∁': '\\complement ',
  '⟶': '\\to ',
  '≅': '\\cong ',
  '≃': '\\approx ',
  '∼': '\\sim ',
  '∝': '\\propto ',
  '⊥': '\\perp ',
  '∥': '\\parallel ',
  '∠': '\\angle ',
  '△': '\\triangle ',
  '≪': '\\ll ',
  '≫': '\\gg ',
  '∘': '\\circ ',
  '•': '\\cdot ',
  '✕': '\\times ',
  '✖': '\\times ',
  '⨯': '\\times ',
  '∜': '\\sqrt[4]',
  '″': "''",
  º: '^\\circ ',
  '˚': '^\\circ ',
  '㎡': 'm^2',
  '㎥': 'm^3',
  '㎠': 'cm^2',
  '㎤': 'cm^3',
  '㎢': 'km^2',
  '‰': '\\text{permille}',
  '٫': '.',
  '٬': ',',
  '،': ',',
  '؛': ';',
  '٪': '%',
  '۔': '.',
  '।': '.',
  ℓ: '\\ell ',
  ϵ: '\\epsilon ',
  ϑ: '\\theta ',
  ϱ: '\\rho ',
  ı: 'i',
  î: '\\hat{i}',
  ĵ: '\\hat{j}',
};

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  wordPairs(
    'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma ς sigma ' +
      'τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega',
  ).map(([letter, name]) => [letter, `\\${name} `]),
);

const SUPERSCRIPTS: ReadonlyMap<string, string> = pairs(
  '⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁻-⁺+⁼=⁽(⁾)ⁿnⁱiᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhʲjᵏkˡlᵐmᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻzᵀTᐟ/',
);
const SUBSCRIPTS: ReadonlyMap<string, string> = pairs(
  '₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₒoₓxₕhₖkₗlₘmₙnₚpₛsₜtᵢiⱼjᵣrᵤuᵥv',
);

const SUPERSCRIPT_RUN = new RegExp(`[${[...SUPERSCRIPTS.keys()].join('')}]{1,40}`, 'gu');
const SUBSCRIPT_RUN = new RegExp(`[${[...SUBSCRIPTS.keys()].join('')}]{1,40}`, 'gu');

/** `k̂`, `x̄`, `v⃗`: letters with a mark of Unicode above. */
const MARKED = /([a-zA-Z])([\u0302\u0304\u0305\u20d7])/g;
const MARKS: Readonly<Record<string, string>> = {
  '\u0302': 'hat',
  '\u0304': 'overline',
  '\u0305': 'overline',
  '\u20d7': 'vec',
};

/** `³√5`, but not `x³√5`. */
const ROOTED = /(?<![\p{L}\p{N})\]}])([³⁴⁵⁶⁷])√/gu;
/** `⁻5` as calculators show it, but not `x⁻5`. */
const RAISED_SIGN = /(?<![\p{L}\p{N})\]}])([⁻⁺])(?=\d)/gu;
/** `0.1\u03052\u0305`: digits with a bar or a dot of Unicode over each. */
const OVERLINED = /(?:\d[\u0304\u0305])+/g;
const DOTTED = /(\d)\u0307/g;

/** Signs of Unicode as LaTeX: superscripts, digits of any script, fullwidth and mathematical letters, fractions. */
export function inOneNotation(source: string): string {
  if (!/[^ -~]/.test(source)) return source;
  return source
    .replace(ROOTED, (_, index: string) => `\\sqrt[${plain(index, SUPERSCRIPTS)}]`)
    .replace(RAISED_SIGN, (_, sign: string) => plain(sign, SUPERSCRIPTS))
    .replace(MARKED, (_, letter: string, mark: string) => `\\${MARKS[mark]!}{${letter}}`)
    .replace(OVERLINED, (run) => `\\overline{${run.replace(/[^\d]/g, '')}}`)
    .replace(DOTTED, '\\dot{$1}')
    .replace(SUPERSCRIPT_RUN, (run) => `^{${plain(run, SUPERSCRIPTS)}}`)
    .replace(SUBSCRIPT_RUN, (run) => `_{${plain(run, SUBSCRIPTS)}}`)
    .replace(/([ΣΠ])(?=\s?_)/g, (sign) => (sign === 'Σ' ? '\\sum ' : '\\prod '))
    .replace(/[^ -~]/gu, (sign) => plainSign(sign));
}

function plainSign(sign: string): string {
  const known = SIGNS[sign] ?? GREEK[sign];
  if (known !== undefined) return known;
  if (/\p{Zs}/u.test(sign)) return ' ';
  if (/\p{Nd}/u.test(sign)) return String(digitOf(sign));
  const folded = sign.normalize('NFKC');
  if (folded === sign) return sign;
  const fraction = /^(\d{1,2})⁄(\d{1,2})$/.exec(folded);
  if (fraction !== null) return `\\frac{${fraction[1]}}{${fraction[2]}}`;
  return [...folded].map((part) => GREEK[part] ?? SIGNS[part] ?? part).join('');
}

/** Unicode keeps the ten digits of a script side by side, zero first. */
function digitOf(sign: string): number {
  const code = sign.codePointAt(0)!;
  if (code >= 0x1d7ce) return (code - 0x1d7ce) % 10;
  for (let value = 0; value < 9; value += 1) if (!/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) return value;
  return 9;
}

/** `a 1 b 2` as pairs. */
function wordPairs(text: string): readonly (readonly [string, string])[] {
  const words = text.split(' ');
  return words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1]!] as const] : []));
}

function pairs(text: string): ReadonlyMap<string, string> {
  const signs = [...text];
  return new Map(signs.flatMap((sign, index) => (index % 2 === 0 ? [[sign, signs[index + 1]!] as const] : [])));
}

const plain = (run: string, alphabet: ReadonlyMap<string, string>): string =>
  [...run].map((sign) => alphabet.get(sign)!).join('');
