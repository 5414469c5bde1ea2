import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Answer, DecoderInput } from './columnar-rows.ts';
import { openArrow } from './open-arrow.ts';
import { openParquet } from './open-parquet.ts';
import { slices } from './slices.ts';
import type { WatchdogInput } from './watchdog.ts';

/** A process that reads a file slice by slice, each when it is asked for. */
const { path, format, omit, maxRowBytes, maxMemoryBytes } = JSON.parse(process.argv[2] ?? '') as DecoderInput;

const watched: WatchdogInput = { parent: process.ppid, maxMemoryBytes };
new Worker(new URL(`./watchdog${extname(import.meta.url)}`, import.meta.url), { workerData: watched }).unref();

const open = format === 'arrow' ? openArrow : openParquet;
const answers = slices(open(path, omit), maxRowBytes);

const nextSlice = async (): Promise<Answer> => {
  try {
    const { value, done } = await answers.next();
    return done ? { end: true } : { rows: value };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

process.on('message', async () => process.send?.(await nextSlice()));
process.on('disconnect', () => process.exit());
