/** Math-Verify (PyPI `math-verify`) as it is used by default, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Judged {
  readonly right: boolean;
  /** CPU time of its process, after it has judged all of them once. */
  readonly milliseconds: number;
}

const SCRIPT = join(import.meta.dirname, 'judge_by_math_verify.py');
/** How the script says that the package is not there. */
const MISSING = 3;

/** What Math-Verify says of each, in order; null, with a word on how to get it, where the Python has none. */
export function judgedByMathVerify(
  tasks: readonly { readonly answer: string; readonly response: string }[],
): Judged[] | null {
  const python = process.env.SLUICE_MATH_VERIFY ?? 'python3';
  const { status, stdout, stderr, error } = spawnSync(python, [SCRIPT], {
    input: tasks.map((task) => JSON.stringify(task)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === MISSING || (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    console.log(
      `(Math-Verify is missing from ${python}: nothing is measured beside it. Install \`math-verify\` into a virtual environment and name its Python by SLUICE_MATH_VERIFY.)\n`,
    );
    return null;
  }
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`Math-Verify ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Judged);
}
