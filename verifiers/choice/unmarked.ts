const FONT = /\\(?:text(?:bf|it|rm|sf)?|math(?:bf|rm|it|sf)|bf|rm|boldsymbol|emph)\s?\{([^{}\n]{0,200})\}/g;

/** A text without the marks of Markdown and LaTeX. A letter in bold is written `(B)`: both set it apart from prose. */
export const unmarked = (text: string): string =>
  text
    .replace(FONT, '$1')
    .replace(FONT, '$1')
    .replace(/(\*\*|__)\s?\(?([A-Za-z])\)?[.:]?\s?\1/g, '($2)')
    .replace(/=>|[→⇒∴]|\\(?:Rightarrow|rightarrow|implies|therefore)(?![a-z])/g, ': ')
    .replace(/\\(?:[()[\]]|(?:left|right|quad|displaystyle)(?![a-z]))|(?<!\d)\*\*|\*\*(?!\d)|[$`]/g, '')
    .replace(/\\[ ,;!]|~/g, ' ')
    .replace(/(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)/g, '');
