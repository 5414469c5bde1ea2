import stringWidth from 'string-width';
import { cut, padEnd, padStart } from './columns.ts';

export interface Column {
  readonly cells: readonly string[];
  readonly side: 'left' | 'right';
  /** Where there is too little room the highest goes first; one without a number stays. */
  readonly dispensable?: number;
  /** To so many columns it may be cut where nothing more can go. */
  readonly least?: number;
}

/** Rows of columns within so much room: what matters least is left out, then what may be cut is. */
export const fitColumns = (columns: readonly Column[], room: number): string[] => {
  let shown = columns.filter(({ cells }) => cells.some((cell) => cell !== ''));
  while (widthOf(shown) > room) {
    const least = Math.max(...shown.map(({ dispensable = -1 }) => dispensable));
    if (least < 0) break;
    shown = shown.filter(({ dispensable = -1 }) => dispensable !== least);
  }
  const tooMuch = widthOf(shown) - room;
  const narrow = shown.map((column) => (tooMuch > 0 ? narrowed(column, tooMuch) : column));
  const rows = Math.max(0, ...columns.map(({ cells }) => cells.length));
  return Array.from({ length: rows }, (_, row) =>
    narrow
      .map((column) => (column.side === 'left' ? padEnd : padStart)(column.cells[row] ?? '', widest(column)))
      .join(GAP)
      .trimEnd(),
  );
};

const GAP = '  ';

const narrowed = (column: Column, by: number): Column => {
  if (column.least === undefined) return column;
  const width = Math.max(column.least, widest(column) - by);
  return { ...column, cells: column.cells.map((cell) => cut(cell, width)) };
};

const widest = ({ cells }: Column): number => Math.max(0, ...cells.map((cell) => stringWidth(cell)));

const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, column) => sum + widest(column), 0) + GAP.length * Math.max(0, columns.length - 1);
