const FONT =
  /\\(?:text(?:bf|it|rm|sf|tt|sc)?|underline|math(?:bf|rm|it|sf|tt|cal|bb)|bf|rm|boldsymbol|emph|fbox|boxed)\s?\{([^{}\n]{0,200})\}/g;

const FRACTION = /\\[dt]?frac\s?(?:\{(\w{1,12})\}|(\d))\s?(?:\{(\w{1,12})\}|(\d))/g;

/** Letters in circles, squares and brackets, as forms print their options: Ⓑ, ⒝, 🅑. */
const ENCLOSED = /[\u249c-\u24e9\u{1f110}-\u{1f189}]/gu;

/** A text of the same length without the marks of Markdown and LaTeX; ticks and crosses are words. */
export const unmarked = (text: string): string =>
  text
    .replace(FONT, contentOf)
    .replace(FONT, contentOf)
    .replace(FRACTION, slashed)
    .replace(/=>|[→⇒∴]|\\(?:Rightarrow|rightarrow|implies|therefore)(?![a-z])/g, (sign) => ':'.padEnd(sign.length))
    .replace(
      /\\(?:[()[\]]|(?:left|right|quad|displaystyle|small|large|Large|LARGE|huge|Huge|rm|bf|it|sf|tt)(?![a-z]))|(?<!\d)\*\*\*?|\*\*\*?(?!\d)|[$`]/g,
      blank,
    )
    .replace(/\\[ ,;!]|~/g, blank)
    .replace(/<([A-Z])>/g, '($1)')
    .replace(ENCLOSED, letterIn)
    .replace(STYLED, (sign) => sign.normalize('NFKC').padEnd(sign.length))
    .replace(CYRILLIC_A, 'A')
    .replace(/(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)/g, blank);

function letterIn(sign: string): string {
  const code = sign.codePointAt(0)!;
  const place = code < 0x10000 ? (code - 0x249c) % 26 : (code - 0x1f110) % 32;
  return place < 26 ? String.fromCharCode(65 + place).padEnd(sign.length) : sign;
}

/** Letters in the styles of mathematics: 𝐁. */
const STYLED = /[\u{1d400}-\u{1d7ff}]/gu;

/** As Russian writes it at the end of a line; its other letters count otherwise than A, B, C, D. */
const CYRILLIC_A = /(?<![\p{L}\p{N}])А(?=[^\p{L}\p{N}\n]{0,5}(?:\n|$))/gu;

const slashed = (whole: string, ...parts: readonly (string | undefined)[]): string =>
  `${parts[0] ?? parts[1]}/${parts[2] ?? parts[3]}`.padEnd(whole.length);

const blank = (mark: string): string => ' '.repeat(mark.length);

const contentOf = (whole: string, content: string): string => `${content} `.padStart(whole.length);
