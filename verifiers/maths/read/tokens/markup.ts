import { wordPairs } from './signs.ts';
import { GREEK } from './vocabulary.ts';

/** Named characters of HTML that answers hold, but for the Greek letters. */
const ENTITIES: ReadonlyMap<string, string> = new Map(
  wordPairs(
    'lt < gt > le ≤ ge ≥ leq ≤ geq ≥ ne ≠ amp & minus − times × divide ÷ middot · sdot ⋅ radic √ sup1 ¹ sup2 ² sup3 ³ frac12 ½ frac14 ¼ frac34 ¾ ' +
      'deg ° infin ∞ plusmn ± quot " apos \' ndash – mdash — hellip … isin ∈ notin ∉ cup ∪ cap ∩ empty ∅ rarr → sum ∑ prod ∏ int ∫ asymp ≈ approx ≈ equiv ≡ ' +
      'lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lang ⟨ rang ⟩ prime ′ Prime ″ euro € pound £ yen ¥ cent ¢ sub ⊂ sube ⊆ ang ∠ perp ⊥ sim ∼ cong ≅ or ∨ and ∧ lpar ( rpar ) ' +
      'plus + equals = lowbar _ Hat ^ dollar $ percnt % frasl /',
  ),
);
const SPACES = /^(?:nbsp|ensp|emsp|thinsp)$/;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}\d{0,2}));/g;

const TAG =
  /<(\/?)(p|br|hr|b|i|u|s|em|strong|span|div|sup|sub|del|strike|code|pre|mark|small|font|center|kbd|samp|var|a|h[1-6]|li|ul|ol|table|tbody|td|th|tr)(?:\s[^<>]{0,200})?\s?\/?>/gi;

/** An answer without HTML's characters and tags, and without what is struck out. */
export function withoutMarkup(source: string): string {
  const decoded = source.includes('&') ? decode(source.includes('&amp;') ? decode(source) : source) : source;
  const plain = decoded.includes('<') ? withoutTags(decoded) : decoded;
  return plain.includes('~~') ? plain.replace(/~~(?=\S)[^~]*~~/g, ' ') : plain;
}

const decode = (source: string): string =>
  source.replace(ENTITY, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined)
      return SPACES.test(name)
        ? ' '
        : (ENTITIES.get(name) ?? (GREEK.has(name) || name === 'pi' ? `\\${name} ` : whole));
    const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** A tag is one where its end is there too: `a <b> c` compares. */
function withoutTags(source: string): string {
  const lower = source.toLowerCase();
  const closed = new Map<string, boolean>();
  const isClosed = (name: string): boolean => {
    const known = closed.get(name) ?? lower.includes(`</${name}`);
    closed.set(name, known);
    return known;
  };
  const isTag = (name: string): boolean => /^[bh]r$/.test(name) || isClosed(name);
  return source
    .replace(/<(del|strike|s)>[^<]*<\/\1>/gi, ' ')
    .replace(/<sup>([^<>]{1,200})<\/sup>/gi, '^{$1}')
    .replace(/<sub>([^<>]{1,200})<\/sub>/gi, '_{$1}')
    .replace(TAG, (whole, _, name: string) => (isTag(name.toLowerCase()) ? ' ' : whole));
}
