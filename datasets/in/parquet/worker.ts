import { parentPort, workerData } from 'node:worker_threads';
import { openParquet } from './open-parquet.ts';
import type { Answer, WorkerInput } from './parquet-rows.ts';

/** Reads a Parquet file slice by slice, each when it is asked for. */
const { path, omit } = workerData as WorkerInput;
const slices = openParquet(path, omit);

const nextSlice = async (): Promise<Answer> => {
  try {
    const { value, done } = await slices.next();
    return done ? { end: true } : { rows: value };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

parentPort!.on('message', async () => {
  const answer = await nextSlice();
  parentPort!.postMessage(answer);
});
