import { DataError } from '../../error.ts';

const maxBlank = 1_000_000;

/**
 * Counts a file's blank lines against its rows: a few kilobytes of gzip hold hours of them. Throws a DataError once
 * there are a million more than rows.
 */
export const blankLines = (path: string): ((rows: number) => void) => {
  let blank = 0;
  return (rows) => {
    if (++blank - rows > maxBlank)
      throw new DataError('file-damaged', path, `has more than ${maxBlank} blank lines; check how it was made.`);
  };
};
