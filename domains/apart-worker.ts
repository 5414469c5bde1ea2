import { workerData } from 'node:worker_threads';
import { serveJobs } from '../verifiers/threads/serve.ts';
import type { Job, Made } from './apart.ts';
import type { Host } from './port.ts';
import { kindOf } from './registry.ts';

const { kind, name, given } = workerData as Made;
const found = kindOf(kind);
if (!found) throw new TypeError(`there is no kind ${kind}`);

const unavailable = (): never => {
  throw new TypeError(`${kind} is judged without servers`);
};
const host: Host = { folder: '.', server: unavailable, chat: unavailable };
const domain = (found.here ?? found).domain(name, given, unavailable);
const verifier = domain.open(host);

serveJobs(async (job: Job) =>
  'task' in job
    ? (await verifier).verify(job.task, new AbortController().signal)
    : (domain.voting?.answer(job.problem, job.response, job.accept) ?? null),
);
