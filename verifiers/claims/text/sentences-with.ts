import type { Sentence } from './sentences.ts';

/** The sentences that hold a match of a global pattern, behind `from`: each is left at its first match. */
export function* sentencesWith(
  pattern: RegExp,
  text: string,
  sentences: readonly Sentence[],
  from = 0,
): Generator<number> {
  let index = sentences.findIndex(({ end }) => end > from);
  for (let at = sentences[index]?.start ?? text.length; index >= 0 && index < sentences.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return;
    while (index < sentences.length && sentences[index]!.end <= found.index) index += 1;
    const sentence = sentences[index];
    if (sentence === undefined) return;
    at = sentence.end;
    if (found.index < sentence.start) at = sentence.start;
    else if (found.index + found[0].length <= sentence.end) yield index++;
  }
}
