import { workerData } from 'node:worker_threads';
import type { Judgement } from '../port.ts';
import { serveJobs } from '../threads/serve.ts';
import type { Job } from './pool.ts';
import { type VerifySettings, verifyMaths } from './verify.ts';

const settings = workerData as VerifySettings;

serveJobs(
  ({ reference, response, accept }: Job): Judgement =>
    verifyMaths({ reference: { domain: 'maths', answer: reference }, response, ...(accept && { accept }) }, settings),
);
