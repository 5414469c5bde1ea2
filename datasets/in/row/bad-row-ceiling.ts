import { DataError } from '../../error.ts';
import type { BadRow } from './bad-row.ts';

/** Below these many nothing is said of a file by its bad rows. */
const most = 1000;
/** Rows that the data set itself rules out (proofs, doubted answers) may be many, and stand one behind the other. */
const mostNotCheckable = 100_000;
const goodWanted = 0.1;

/**
 * Counts a file's bad rows against its good ones. Throws a DataError, with the first ones, once there are more than a
 * thousand and fewer than a tenth as many good ones: the file is no data, or read by the wrong preset, and a few
 * kilobytes of gzip could fill a disk with what is kept of its rows.
 */
export const badRowCeiling = (path: string): ((read: { readonly bad: BadRow } | object) => void) => {
  const first: BadRow[] = [];
  let good = 0;
  let bad = 0;
  let notCheckable = 0;
  return (read) => {
    if (!('bad' in read)) {
      good++;
      return;
    }
    if (first.length < 3) first.push(read.bad);
    if (read.bad.code === 'not-checkable') notCheckable++;
    else bad++;
    if (
      (bad > most && good < bad * goodWanted) ||
      (notCheckable > mostNotCheckable && good < notCheckable * goodWanted)
    )
      throw new DataError(
        'too-many-bad-rows',
        path,
        `has ${bad + notCheckable} bad rows and ${good} good ones so far; check \`preset\` and \`fields\`. The first ones: ${first.map(({ line, message }) => `line ${line} ${message}`).join(' ')}`,
      );
  };
};
