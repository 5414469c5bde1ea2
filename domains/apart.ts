import { extname } from 'node:path';
import type { Problem } from '../schemas/types.ts';
import type { Convention, Judgement, Task } from '../verifiers/port.ts';
import { threadPool } from '../verifiers/threads/pool.ts';
import type { Kind } from './port.ts';

/**
 * A kind whose answers are judged in this thread where they are short, as nearly all are, and in a thread of its own
 * where reading them could hold everything else up: hostile text costs some microseconds a letter.
 */
export const judgedApart = (one: Kind): Kind => ({
  ...one,
  here: hereOf(one),
  domain: (name, given, others) => {
    const domain = one.domain(name, given, others);
    return {
      ...domain,
      open: async (host) => {
        const here = await domain.open(host);
        const thread = threadOf({ kind: one.kind, name, given });
        return {
          verify: (task, signal) =>
            lengthOf({ task }) <= SHORT
              ? here.verify(task, signal)
              : (thread.run({ task }, signal) as Promise<Judgement>),
          close: async () => {
            await Promise.all([here.close(), thread.close()]);
          },
        };
      },
    };
  },
});

/** The same for the votes that answers give: its thread ends with the process. */
export const votedApart = (one: Kind): Kind => ({
  ...one,
  here: hereOf(one),
  domain: (name, given, others) => {
    const domain = one.domain(name, given, others);
    const { voting } = domain;
    if (!voting) return domain;
    const thread = threadOf({ kind: one.kind, name, given });
    const answer = (problem: Problem, response: string, accept: readonly Convention[]) =>
      lengthOf({ problem, response, accept }) <= SHORT
        ? voting.answer(problem, response, accept)
        : (thread.run({ problem, response, accept }, new AbortController().signal) as Promise<string | null>);
    return { ...domain, voting: { ...voting, answer } };
  },
});

/** A domain as it crosses to its thread. */
export interface Made {
  readonly kind: string;
  readonly name: string;
  readonly given: object;
}

/** To be judged, or to be read for a vote. */
export type Job =
  | { readonly task: Task }
  | { readonly problem: Problem; readonly response: string; readonly accept: readonly Convention[] };

/** Characters that are judged in this thread at most: some 15 ms of hostile text. */
export const SHORT = 4_000;
/** Milliseconds for one answer; the dearest that is known takes one second. */
const DEADLINE = 20_000;

const hereOf = (one: Kind): Kind => one.here ?? one;

const threadOf = (settings: Made) =>
  threadPool<Job, Judgement | string | null>({
    worker: new URL(`./apart-worker${extname(import.meta.url)}`, import.meta.url),
    settings,
    threads: 1,
    deadline: DEADLINE,
    lengthOf,
  });

/** With what its row says, for that is read with each answer, and may be a search. */
const lengthOf = (job: Job): number => {
  if (!('task' in job)) return job.response.length + lettersIn(job.problem.choices);
  const { reference, response } = job.task;
  if (reference.domain === 'choice') return response.length + lettersIn(reference.choices);
  if (reference.domain !== 'own') return response.length;
  const { answer, choices, tests } = reference.problem;
  return response.length + (answer?.length ?? 0) + lettersIn(choices) + (tests ? JSON.stringify(tests).length : 0);
};

const lettersIn = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);
