import { parentPort, workerData } from 'node:worker_threads';
import type { Judgement } from '../../port.ts';
import { verifyMaths } from '../verify.ts';
import type { Batch, Job, WorkerSettings } from './protocol.ts';

const { progress, ...settings } = workerData as WorkerSettings;
const done = new Int32Array(progress);

parentPort!.postMessage('ready');
parentPort!.on('message', (batch: Batch) => parentPort!.postMessage(batch.map(judgeOne)));

function judgeOne({ reference, response, accept }: Job, index: number): Judgement {
  Atomics.store(done, 0, index);
  return verifyMaths(
    { reference: { domain: 'maths', answer: reference }, response, ...(accept && { accept }) },
    settings,
  );
}
