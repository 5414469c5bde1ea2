/** Markup that may stand in a page as it is. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Part[];

/** Markup from a template; whatever is put in is text and never markup, unless it is a Markup itself. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: pieces.reduce((whole, piece, index) => whole + textOf(parts[index - 1] ?? '') + piece),
});

/** What is known to be markup: an SVG of our own making. */
export const trusted = (markup: string): Markup => ({ markup });

const textOf = (part: Part): string => {
  if (Array.isArray(part)) return part.map(textOf).join('');
  if (typeof part === 'object') return (part as Markup).markup;
  return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? '');
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
