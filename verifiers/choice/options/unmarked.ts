const FONT = /\\(?:text(?:bf|it|rm|sf)?|math(?:bf|rm|it|sf)|bf|rm|boldsymbol|emph|fbox|boxed)\s?\{([^{}\n]{0,200})\}/g;

/** A text of the same length without the marks of Markdown and LaTeX; ticks and crosses are words. */
export const unmarked = (text: string): string =>
  text
    .replace(FONT, contentOf)
    .replace(FONT, contentOf)
    .replace(/=>|[→⇒∴]|\\(?:Rightarrow|rightarrow|implies|therefore)(?![a-z])/g, (sign) => ':'.padEnd(sign.length))
    .replace(/\\(?:[()[\]]|(?:left|right|quad|displaystyle)(?![a-z]))|(?<!\d)\*\*|\*\*(?!\d)|[$`]/g, blank)
    .replace(/\\[ ,;!]|~/g, blank)
    .replace(/(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)/g, blank);

const blank = (mark: string): string => ' '.repeat(mark.length);

const contentOf = (whole: string, content: string): string => `${content} `.padStart(whole.length);
