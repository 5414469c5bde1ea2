import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DataError, type DataErrorCode } from '../error.ts';
import type { Message } from '../out/exporters/canonical.ts';
import type { Inspected } from './inspect-record.ts';

/** Renders and counts conversations through a student's own chat template and tokenizer. */
export interface Inspector {
  /** The template's source. */
  readonly template: string;
  readonly inspect: (conversations: readonly (readonly Message[])[]) => Promise<readonly Inspected[]>;
  readonly close: () => Promise<void>;
}

/** What the worker says to its start (the template) and to each batch. */
export type InspectorReply =
  | { readonly template: string }
  | { readonly inspected: readonly Inspected[] }
  | { readonly fault: { readonly code: DataErrorCode; readonly file: string; readonly message: string } };

// The extension is that of this very file: .ts in the repository, .js in the package.
const script = new URL(`./inspector-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Opens a model's folder. A template is a program and a tokenizer has patterns: either may run or grow without end, so
 * they work in a thread of their own with a limit on memory and on the time of each call. Throws a DataError, as the
 * calls do, where a file is missing or cannot be understood, the template fails, or a limit is passed.
 */
export const openInspector = async (folder: string, milliseconds = 60_000): Promise<Inspector> => {
  const worker = new Worker(script, { workerData: folder, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  const ask = (limit: number, question?: object) => answer(worker, folder, limit, question);
  try {
    const told = await ask(OPENING_MILLISECONDS);
    return {
      template: 'template' in told ? told.template : '',
      inspect: async (conversations) => {
        const found = await ask(milliseconds, conversations);
        return 'inspected' in found ? found.inspected : [];
      },
      close: async () => void (await worker.terminate()),
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
};

const OPENING_MILLISECONDS = 60_000;

/** Settles once in any case: with what the thread says, with its end, or with too long a silence. */
const answer = (worker: Worker, folder: string, milliseconds: number, question?: object): Promise<InspectorReply> =>
  new Promise((resolve, reject) => {
    const settle = (told: InspectorReply): void => {
      clearTimeout(timer);
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      if ('fault' in told) reject(new DataError(told.fault.code, told.fault.file, told.fault.message));
      else resolve(told);
    };
    const fail = (why: string): void =>
      settle({
        fault: { code: 'template-broken', file: folder, message: `${why}; check chat template and tokenizer.` },
      });
    const onError = (error: unknown): void => fail(`cannot be worked with (${(error as Error).message})`);
    const onExit = (): void => fail('ended the thread that worked with it');
    const timer = setTimeout(() => fail(`gives nothing for ${milliseconds / 1000} s`), milliseconds);
    worker.on('message', settle).on('error', onError).on('exit', onExit);
    if (question) worker.postMessage(question);
  });
