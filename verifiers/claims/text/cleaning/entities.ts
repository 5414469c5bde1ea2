/** Named characters of HTML that answers hold. */
const NAMED = `nbsp \u00a0 thinsp \u2009 ensp \u2002 emsp \u2003
  lt < gt > amp & quot " apos ' lsquo ' rsquo ' ldquo " rdquo " laquo « raquo » ndash – mdash — hellip …
  le ≤ leq ≤ ge ≥ geq ≥ ne ≠ asymp ≈ approx ≈ equiv ≡ sim ∼ cong ≅ prop ∝
  minus − plus + plusmn ± times × divide ÷ middot · sdot ⋅ frasl ⁄ equals = sup1 ¹ sup2 ² sup3 ³ ordm º
  frac12 ½ frac13 ⅓ frac14 ¼ frac34 ¾ frac23 ⅔ radic √ infin ∞ sum ∑ prod ∏ int ∫ part ∂ nabla ∇
  deg ° prime ′ Prime ″ isin ∈ notin ∉ cup ∪ cap ∩ empty ∅ sub ⊂ sube ⊆ forall ∀ exist ∃ and ∧ or ∨ not ¬
  rarr → rArr ⇒ hArr ⇔ ang ∠ perp ⊥ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lang ⟨ rang ⟩
  lpar ( rpar ) lowbar _ Hat ^ dollar $ percnt % euro € pound £ yen ¥ cent ¢ bull •
  alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ
  sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω`;

const SIGNS: ReadonlyMap<string, string> = new Map(
  NAMED.split(/[ \n]+/).flatMap((word, index, words) => (index % 2 === 0 ? [[word, words[index + 1]!] as const] : [])),
);

const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}\d{0,2}));/g;

/** The text with its entities as `written` writes the sign that each stands for; what is none stays. */
export const withoutEntities = (text: string, written: (sign: string, entity: string) => string): string =>
  text.replace(ENTITY, (entity, decimal?: string, hexadecimal?: string, name?: string) => {
    const sign = name === undefined ? signAt(decimal, hexadecimal) : SIGNS.get(name);
    return sign === undefined ? entity : written(sign, entity);
  });

function signAt(decimal: string | undefined, hexadecimal = ''): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
  return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
