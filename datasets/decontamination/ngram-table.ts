/**
 * Where each run of `n` words stands in a text of hashed words: a hash table in typed arrays, about twelve bytes a
 * word, so that evaluation sets of any size cost little. Runs with equal hash are compared word by word, so there are
 * no false hits from the table itself.
 */
export interface NgramTable {
  readonly n: number;
  readonly words: Uint32Array;
  readonly heads: Int32Array;
  readonly next: Int32Array;
}

/** The table of the runs that begin at the given positions. */
export const ngramTable = (n: number, words: Uint32Array, starts: Iterable<number>): NgramTable => {
  const slots = 2 ** Math.ceil(Math.log2(words.length + 2));
  const table = { n, words, heads: new Int32Array(slots).fill(-1), next: new Int32Array(words.length).fill(-1) };
  for (const start of starts) {
    const slot = slotOf(table, words, start);
    table.next[start] = table.heads[slot]!;
    table.heads[slot] = start;
  }
  return table;
};

/** Where, at `limit` places at most, the run of `n` words at `start` of another text stands in the table's text. */
export const positionsOf = (table: NgramTable, words: Uint32Array, start: number, limit: number): number[] => {
  const found: number[] = [];
  for (let at = table.heads[slotOf(table, words, start)]!; at >= 0 && found.length < limit; at = table.next[at]!)
    if (isSame(table, at, words, start)) found.push(at);
  return found;
};

const slotOf = ({ n, heads }: NgramTable, words: Uint32Array, start: number): number => {
  let hash = 0;
  for (let at = start; at < start + n; at++) hash = Math.imul(hash ^ words[at]!, 0x9e3779b1) ^ (hash >>> 15);
  return (hash ^ (hash >>> 13)) & (heads.length - 1);
};

const isSame = (table: NgramTable, at: number, words: Uint32Array, start: number): boolean => {
  for (let offset = 0; offset < table.n; offset++) if (table.words[at + offset] !== words[start + offset]) return false;
  return true;
};
