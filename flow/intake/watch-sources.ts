import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataError } from '../../datasets/error.ts';
import type { ProblemSource } from '../../datasets/in/read-problems.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

const EVERY_MILLISECONDS = 1000;

/**
 * Gives every file of the sources that is new or has changed, again and again until the signal aborts. A file counts
 * once it has stayed the same from one look to the next: whoever copies it in is done.
 */
export async function* watchSources(
  sources: readonly ProblemSource[],
  signal: AbortSignal,
): AsyncGenerator<readonly SourceFile[]> {
  const given = new Map<string, string>();
  const seen = new Map<string, string>();
  while (!signal.aborted) {
    const settled: SourceFile[] = [];
    for (const [index, source] of sources.entries()) {
      for (const one of await filesOf(source)) {
        const about = await stat(one.file.path).catch(() => null);
        if (!about) continue;
        // Two sources may read one file, each in its own way.
        const key = `${index} ${one.file.path}`;
        const shape = `${about.mtimeMs} ${about.size}`;
        if (seen.get(key) === shape && given.get(key) !== shape) {
          given.set(key, shape);
          settled.push(one);
        }
        seen.set(key, shape);
      }
    }
    yield settled;
    await sleep(EVERY_MILLISECONDS, undefined, { signal }).catch(() => {});
  }
}

/** A folder that is still empty is no fault while one watches it. */
const filesOf = async (source: ProblemSource): Promise<SourceFile[]> => {
  try {
    return await sourceFiles([source]);
  } catch (error) {
    if (error instanceof DataError) return [];
    throw error;
  }
};
