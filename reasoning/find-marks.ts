/** Marks as they stand in a text, in order and apart from each other: of each its kind, where it begins and where it ends. */
export interface Marks<Kind> {
  readonly kinds: readonly Kind[];
  readonly starts: readonly number[];
  /** Exclusive. */
  readonly ends: readonly number[];
}

/** A text by the codes of its signs. */
type Signs = Pick<string, 'length' | 'charCodeAt'>;

/**
 * Finds all of many literal marks in a text, the longest where several begin, whatever the case of their ASCII letters. Takes a step a sign, however many marks are known, and once more those of a mark's
 * beginning that did not go on as one.
 */
export const finderOf = <Kind>(marks: ReadonlyMap<string, Kind>): ((text: Signs) => Marks<Kind>) => {
  const { columns, width } = columnsOf(marks.keys());
  const columnAt = (text: Signs, at: number): number => columns[text.charCodeAt(at)]!;
  /** The state behind each state and sign; 0 where no mark goes on so. */
  const next = new Uint16Array(width * [...marks.keys()].reduce((sum, { length }) => sum + length, 1));
  const kindOf: (Kind | undefined)[] = [undefined];
  for (const [mark, kind] of marks) {
    let state = 0;
    for (let at = 0; at < mark.length; at++) {
      const step = state * width + columnAt(mark, at);
      if (next[step] === 0) next[step] = kindOf.push(undefined) - 1;
      state = next[step]!;
    }
    kindOf[state] = kind;
  }

  return (text) => {
    const kinds: Kind[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (let start = 0; start < text.length; start++) {
      let state = next[columnAt(text, start)]!;
      let kind: Kind | undefined;
      let end = start;
      for (let at = start + 1; state !== 0; at++) {
        const ended = kindOf[state];
        if (ended !== undefined) {
          kind = ended;
          end = at;
        }
        state = at < text.length ? next[state * width + columnAt(text, at)]! : 0;
      }
      if (kind === undefined) continue;
      kinds.push(kind);
      starts.push(start);
      ends.push(end);
      start = end - 1;
    }
    return { kinds, starts, ends };
  };
};

/** A number for each sign that stands in a mark, the same for both cases of an ASCII letter; 0 for every other one. */
const columnsOf = (marks: Iterable<string>): { readonly columns: Uint8Array; readonly width: number } => {
  const columns = new Uint8Array(2 ** 16);
  let width = 1;
  for (const sign of new Set([...marks].join('').toLowerCase())) {
    for (const one of [sign, sign.toUpperCase()]) columns[one.charCodeAt(0)] = width;
    width++;
  }
  return { columns, width };
};
