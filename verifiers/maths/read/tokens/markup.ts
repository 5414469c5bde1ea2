import { withoutEntities } from '../../../claims/text/cleaning/entities.ts';

const TAG =
  /<(\/?)(p|br|hr|b|i|u|s|em|strong|ins|span|div|sup|sub|del|strike|code|pre|mark|small|font|center|kbd|samp|var|a|h[1-6]|li|ul|ol|table|tbody|td|th|tr)(?:\s[^<>]{0,200})?\s?\/?>/gi;

/** An answer without HTML's characters and tags, and without what is struck out. */
export function withoutMarkup(source: string): string {
  const decoded = source.includes('&') ? decode(source.includes('&amp;') ? decode(source) : source) : source;
  const plain = decoded.includes('<') ? withoutTags(decoded) : decoded;
  return plain.includes('~~') ? plain.replace(/~~(?=\S)[^~]*~~/g, ' ') : plain;
}

const decode = (source: string): string => withoutEntities(source, (sign) => sign);

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
