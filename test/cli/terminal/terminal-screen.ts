/** As much of a terminal as is needed to know what a person sees: text, line feeds, cursor moves, erasing. */
export const terminalScreen = () => {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  let widest = 0;
  let rest = '';

  const put = (character: string): void => {
    const cells = rows[row] ?? [];
    while (cells.length < column) cells.push(' ');
    cells[column++] = character;
    widest = Math.max(widest, column);
    rows[row] = cells;
  };
  const control = (numbers: string, final: string): void => {
    const by = Number(numbers) || 1;
    if (final === 'A') row = Math.max(0, row - by);
    else if (final === 'B') down(by);
    else if (final === 'C') column += by;
    else if (final === 'D') column = Math.max(0, column - by);
    else if (final === 'E') {
      down(by);
      column = 0;
    } else if (final === 'F') {
      row = Math.max(0, row - by);
      column = 0;
    } else if (final === 'G') column = by - 1;
    else if (final === 'K') rows[row] = numbers === '2' ? [] : (rows[row] ?? []).slice(0, column);
    else if (final === 'J') {
      rows.length = row + 1;
      rows[row] = (rows[row] ?? []).slice(0, column);
    } else if (!'mhlq'.includes(final)) throw new Error(`the terminal does not know CSI ${numbers}${final}`);
  };
  const down = (by: number): void => {
    row += by;
    while (rows.length <= row) rows.push([]);
  };

  return {
    write: (text: string): void => {
      const all = rest + text;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what a terminal gets
      const tokens = /\u001b\[([?0-9;]*)([A-Za-z])|\u001b[^[]|[^\u001b]/gu;
      let at = 0;
      for (const token of all.matchAll(tokens)) {
        at = token.index + token[0].length;
        const [whole, numbers = '', final] = token;
        if (final) control(numbers, final);
        else if (whole === '\n') down(1);
        else if (whole === '\r') column = 0;
        else if (!whole.startsWith('\u001b')) put(whole);
      }
      // A sequence that is cut off comes whole with the next piece.
      rest = all.slice(at);
    },
    /** The window has another width: a terminal breaks what has become too long for it, above the cursor. */
    reflow: (columns: number): void => {
      const broken = rows.slice(0, row).flatMap((cells) => {
        const kept = cells.join('').trimEnd();
        return Array.from({ length: Math.max(1, Math.ceil(kept.length / columns)) }, (_, piece) =>
          Array.from(kept.slice(piece * columns, (piece + 1) * columns)),
        );
      });
      rows.splice(0, row, ...broken);
      row = broken.length;
    },
    lines: (): string[] => rows.map((cells) => cells.join('').trimEnd()),
    /** Columns that the widest line took; more than there are would have wrapped. */
    widest: (): number => widest,
  };
};
