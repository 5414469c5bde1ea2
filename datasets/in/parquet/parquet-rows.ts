import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DataError } from '../../error.ts';
import { checkFile } from '../bytes/open-bytes.ts';
import type { Row, Rows } from '../row/row.ts';

export interface WorkerInput {
  readonly path: string;
  readonly omit: readonly string[];
}

/** What the worker says to each question for more. */
export type Answer =
  | { readonly rows: readonly Record<string, unknown>[] }
  | { readonly end: true }
  | { readonly fault: string };

// The extension is that of this very file: .ts in the repository, .js in the package.
const script = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/**
 * The rows of a Parquet file, a slice at a time. A file with one wrong byte can make the decoder run or grow without
 * end, so it works in a thread of its own with a limit on memory and on the time to the next slice. Throws a DataError
 * where the file is damaged, keeps the decoder longer than that, or has a row group of more than 1 GiB.
 */
export async function* parquetRows(path: string, omit: readonly string[], sliceMilliseconds = 120_000): Rows {
  await checkFile(path);
  const workerData: WorkerInput = { path, omit };
  const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: 4096 } });
  try {
    let row = 0;
    let answer = ask(worker, sliceMilliseconds);
    while (true) {
      const slice = await answer;
      if ('fault' in slice) throw damaged(path, slice.fault);
      if ('end' in slice) return;
      // Asked for before it is needed, so that the thread decodes while this one works.
      answer = ask(worker, sliceMilliseconds);
      yield slice.rows.map((value): Row => ({ row, line: ++row, value, original: null }));
    }
  } finally {
    await worker.terminate();
  }
}

/** Settles once in any case: with an answer, with the thread's end, or with too long a silence. */
const ask = (worker: Worker, milliseconds: number): Promise<Answer> =>
  new Promise((resolve) => {
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const onError = (error: unknown): void => settle({ fault: (error as Error).message });
    const onExit = (): void => settle({ fault: 'the decoder ended' });
    const timer = setTimeout(() => settle({ fault: `no rows for ${milliseconds / 1000} s` }), milliseconds);
    worker.on('message', settle).on('error', onError).on('exit', onExit);
    worker.postMessage('next');
  });

const damaged = (path: string, why: string): DataError =>
  new DataError('file-damaged', path, `cannot be read as Parquet (${why}); fetch or write it again.`);
