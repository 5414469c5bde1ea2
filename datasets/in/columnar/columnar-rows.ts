import { type ChildProcess, fork } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { DataError } from '../../error.ts';
import { checkFile } from '../bytes/check-file.ts';
import { type BadRow, badRow } from '../row/bad-row.ts';
import type { ReadOptions, Rows } from '../row/row.ts';

export type ColumnarFormat = 'parquet' | 'arrow';

export interface DecoderInput {
  readonly path: string;
  readonly format: ColumnarFormat;
  /** Columns that are never read. */
  readonly omit: readonly string[];
  readonly maxRowBytes: number;
  readonly maxMemoryBytes: number;
}

/** A row, or how large one was that is not passed on: about how long as JSON, or of how many names and values. */
export type Passed =
  | { readonly row: Readonly<Record<string, unknown>> }
  | { readonly bytes: number }
  | { readonly values: number };

/** What the decoder says to each question for more. */
export type Answer =
  | { readonly rows: readonly Passed[] }
  | { readonly end: true }
  | { readonly fault: string }
  | { readonly aborted: true };

interface Settings extends ReadOptions, Pick<DecoderInput, 'format' | 'omit'> {
  /** How long the decoder may take for a slice. Default: 15 s and a second a megabyte, two minutes at most. */
  readonly sliceMilliseconds?: number;
}

/**
 * The rows of a Parquet or Arrow file, a slice at a time. A file with one wrong byte can make the decoder run or grow
 * without end, so it works in a process of its own, without this one's environment, with a limit on memory and on the
 * time to the next slice. Throws a DataError where the file is damaged, keeps the decoder longer than that, or has a
 * row group of more than 1 GiB.
 */
export async function* columnarRows(path: string, settings: Settings): Rows {
  const { name: file, format, omit, maxRowBytes, signal } = settings;
  await checkFile(path);
  const { size } = await stat(path);
  const { sliceMilliseconds = Math.min(120_000, 15_000 + size / 1000) } = settings;
  const decoder = startDecoder({ path, format, omit, maxRowBytes, maxMemoryBytes: await memoryFor(path) });
  try {
    let row = 0;
    let answer = ask(decoder, sliceMilliseconds, signal);
    while (true) {
      const slice = await answer;
      if ('fault' in slice) throw damaged(path, format, slice.fault);
      if (!('rows' in slice)) return;
      // Asked for before it is needed, so that the decoder works while this process does.
      answer = ask(decoder, sliceMilliseconds, signal);
      yield slice.rows.map((passed) => {
        const place = { file, row, line: ++row };
        return 'row' in passed ? { ...place, value: passed.row, original: null } : { bad: tooLarge(place, passed) };
      });
    }
  } finally {
    decoder.kill('SIGKILL');
  }
}

// The extension is that of this very file: .ts in the repository, .js in the package.
const script = fileURLToPath(new URL(`./decoder${extname(import.meta.url)}`, import.meta.url));
const megabyte = 2 ** 20;

const startDecoder = (input: DecoderInput): ChildProcess =>
  fork(script, [JSON.stringify(input)], {
    execArgv: [`--max-old-space-size=${Math.floor((input.maxMemoryBytes * 0.7) / megabyte)}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/** A small file that wants gigabytes is damaged; a large one may have row groups of 1 GiB. */
const memoryFor = async (path: string): Promise<number> => {
  const { size } = await stat(path);
  return Math.min(4096 * megabyte, 600 * megabyte + size * 32);
};

const tooLarge = (
  place: Pick<BadRow, 'file' | 'row' | 'line'>,
  size: Exclude<Passed, { readonly row: unknown }>,
): BadRow => {
  if ('values' in size) {
    const message = `holds ${size.values} names and values; leave such columns out, or part the row.`;
    return badRow(place, new RowFault('too-many-values', message), new Uint8Array());
  }
  const { bytes: length } = size;
  const fault = new RowFault('too-long', `is ${length} bytes long; shorten it.`);
  return { ...badRow(place, fault, new Uint8Array()), length };
};

/** Settles once in any case: with an answer, with the process's end, with too long a silence, or when it is stopped. */
const ask = (decoder: ChildProcess, milliseconds: number, signal: AbortSignal | undefined): Promise<Answer> =>
  new Promise((resolve) => {
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      decoder.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const onMessage = (answer: unknown): void => settle(answer as Answer);
    const onError = (error: Error): void => settle({ fault: error.message });
    const onExit = (): void => settle({ fault: 'the decoder ran out of memory, or was ended' });
    const onAbort = (): void => settle({ aborted: true });
    const timer = setTimeout(() => settle({ fault: `no rows for ${milliseconds / 1000} s` }), milliseconds);
    decoder.on('message', onMessage).on('error', onError).on('exit', onExit);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);
    if (decoder.connected) decoder.send('next');
    else onExit();
  });

const damaged = (path: string, format: ColumnarFormat, why: string): DataError =>
  new DataError(
    'file-damaged',
    path,
    `cannot be read as ${format === 'parquet' ? 'Parquet' : 'Arrow'} (${why}); fetch or write it again.`,
  );
