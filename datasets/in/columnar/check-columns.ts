import { MOST_COLUMNS } from '../row/row.ts';

/** Throws where a table is wider than any that was meant. */
export const checkColumns = (count: number): void => {
  if (count > MOST_COLUMNS) throw new Error(`it has ${count} columns; write it with ${MOST_COLUMNS} at most`);
};
