import type { Rehearsal } from '../../../rehearsal/server/server.ts';
import { type BatchGate, batchSteps } from '../models/batch-gate.ts';
import { type Ended, type Place, type Started, startCommand } from '../sluice.ts';

export interface BatchKills {
  readonly there: Place;
  readonly gate: BatchGate;
  /** So many in all: the steps of a batch in turns. */
  readonly kills: number;
  /** Arguments of the process that is killed. */
  readonly args: readonly string[];
}

/** Kills the process at each step of a batch in turns and starts it again. Gives how many kills came before its end. */
export const killAtEachStep = async ({ there, gate, kills, args }: BatchKills): Promise<number> => {
  for (let kill = 0; kill < kills; kill++) {
    const step = batchSteps[kill % batchSteps.length]!;
    const reached = gate.reached(step);
    const started = startCommand(args, there.folder);
    const what = `process ${kill + 1} that is to be killed neither came to "${step}" nor to its end`;
    const ended = await inTime(Promise.race([reached, started.ended]), started, what);
    if (ended !== undefined) return kill;
    await started.kill();
  }
  return kills;
};

/** The end of a process, which is waited for within bounds. */
export const endOf = (started: Started, name: string): Promise<Ended> =>
  inTime(started.ended, started, `${name} did not end`);

/** Far above what a busy machine takes. */
const LONGEST_MILLISECONDS = 150_000;

/** A wait that says what it was for where it takes too long, with the last words of the process, which it ends. */
const inTime = async <T>(wait: Promise<T>, started: Started, what: string): Promise<T> => {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(late.resolve, LONGEST_MILLISECONDS, 'late');
  const first = await Promise.race([wait, late.promise]);
  clearTimeout(timer);
  if (first !== 'late') return first;
  await started.kill();
  const { stdout, stderr } = await started.ended;
  throw new Error(`${what} within ${LONGEST_MILLISECONDS / 1000} seconds:\n${(stdout + stderr).slice(-3000)}`);
};

/** A run whose student and teacher are asked in batches, with a budget that it comes near to. */
export const batchedConfig = (url: string, prm: string, { records, cost }: { records: number; cost: number }) => {
  const batch = { rows: 10, seconds: 0.1, pollSeconds: 0.1 };
  return {
    run: 'batched',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${url}/v1`, model: 'rehearsal-student', batch },
    scorer: { kind: 'prm', baseUrl: prm, model: 'rehearsal-prm' },
    target: { records, admit: 'after-grading' },
    teacher: {
      ...{ baseUrl: `${url}/v1`, model: 'rehearsal-teacher', samples: 2, seed: 1, batch },
      price: { input: 1, output: 4 },
    },
    budget: { cost },
  };
};

/** What the teacher's answers cost by the server's own count, at half the price of the configuration. */
export const teacherBill = (rehearsal: Rehearsal): number => {
  const { promptTokens = 0, completionTokens = 0 } = rehearsal.stats().byModel['rehearsal-teacher'] ?? {};
  return (promptTokens * 0.5 + completionTokens * 2) / 1e6;
};
