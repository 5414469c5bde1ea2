/** A statement's words for comparison: runs of letters and digits, in lower case, compatibility forms evened out. */
export const wordsOf = (statement: string): readonly string[] =>
  statement
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The numbers in a statement, each as often as it stands there. */
export const numbersOf = (statement: string): readonly string[] => statement.match(/\d+/g) ?? [];

/**
 * A statement without what typesetting adds: spaces, dollar signs, sizes of brackets, the mark at its end. Operators
 * stay, since they are what tells short statements apart.
 */
export const compactForm = (statement: string): string =>
  statement
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\\(?:left|right|[()[\],;:! ])|[\s$]/g, '')
    .replace(/[.?!,:]$/, '');

/** 32-bit FNV-1a over the UTF-16 units of every word. */
export const hashesOf = (words: readonly string[]): Uint32Array => {
  const hashes = new Uint32Array(words.length);
  for (let at = 0; at < words.length; at++) hashes[at] = hashOf(words[at]!);
  return hashes;
};

const hashOf = (word: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};
