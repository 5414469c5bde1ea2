import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataError } from '../../datasets/error.ts';
import { locateFiles } from '../../datasets/in/locate-files.ts';
import type { ProblemSource } from '../../datasets/in/read-problems.ts';

const EVERY_MILLISECONDS = 1000;

/**
 * Gives every file of the sources that is new or has changed, again and again until the signal aborts. A file counts
 * once it has stayed the same from one look to the next: whoever copies it in is done.
 */
export async function* watchSources(
  sources: readonly ProblemSource[],
  signal: AbortSignal,
): AsyncGenerator<readonly ProblemSource[]> {
  const given = new Map<string, string>();
  const seen = new Map<string, string>();
  while (!signal.aborted) {
    const settled: ProblemSource[] = [];
    for (const source of sources) {
      for (const path of await filesOf(source)) {
        const about = await stat(path).catch(() => null);
        if (!about) continue;
        const shape = `${about.mtimeMs} ${about.size}`;
        if (seen.get(path) === shape && given.get(path) !== shape) {
          given.set(path, shape);
          settled.push({ ...source, path });
        }
        seen.set(path, shape);
      }
    }
    yield settled;
    await sleep(EVERY_MILLISECONDS, undefined, { signal }).catch(() => {});
  }
}

/** A folder that is still empty is no fault while one watches it. */
const filesOf = async (source: ProblemSource): Promise<string[]> => {
  try {
    return (await locateFiles(source.path, source.from)).map((file) => file.path);
  } catch (error) {
    if (error instanceof DataError) return [];
    throw error;
  }
};
