/** Reads a data set and says what came of it as JSON: `node read-child.ts FOLDER PATH`, to be run with little memory. */
import { DataError } from '../../../datasets/error.ts';
import { readProblems } from '../../../datasets/in/read-problems.ts';

const [from = '.', path = ''] = process.argv.slice(2);
const found = { problems: 0, bad: 0, code: null as string | null, message: '', kept: 0 };
try {
  for await (const read of readProblems({ from, path })) {
    if ('problem' in read) found.problems++;
    else {
      found.bad++;
      found.kept += read.bad.bytes.length;
    }
  }
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  Object.assign(found, { code: error.code, message: error.message });
}
console.log(JSON.stringify({ ...found, rss: process.resourceUsage().maxRSS * 1024 }));
