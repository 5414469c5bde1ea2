/**
 * Faults that were there once, put back one at a time: the simulated world has to find each, without a test that knows
 * them. `node test/simulation/mutations.ts [name…]` prints the seed that finds it, and ends with 1 where none does.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Seam } from './seeds.ts';

export interface Mutation {
  readonly name: string;
  readonly seam?: Seam;
  /** A seed that finds it, as of the last search. */
  readonly seed: number;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'only the winner comes back from the journal',
    seed: 3,
    edits: [
      {
        file: 'processors/samples.ts',
        from: 'if (enoughAt(known, capabilities.keeping) !== null) break;',
        to: 'if (enoughAt(known, capabilities.keeping) !== null) return [judged];',
      },
    ],
  },
  {
    name: 'a raised request is not recalled',
    seed: 34,
    edits: [
      {
        file: 'processors/samples.ts',
        from: 'return raised ? recallSample(raised, capabilities) : { reply };',
        to: 'return raised ? { missing: raised } : { reply };',
      },
    ],
  },
  {
    name: 'who answers first wins the race',
    seed: 2,
    edits: [
      {
        file: 'processors/samples.ts',
        from: 'if (last !== null) for (const behind of cancels.slice(last + 1 - before.length)) behind.abort();',
        to: 'if (isVerified(tried)) for (const behind of cancels.toSpliced(index, 1)) behind.abort();',
      },
    ],
  },
  {
    name: 'refusals of the first calls are let go where nothing is in flight',
    seed: 15,
    edits: [
      {
        file: 'llm/endpoint/trial.ts',
        from: "since === null || error.disposition === 'stop' ? error : holdIn(held, error, signal)",
        to: 'error',
      },
    ],
  },
  {
    name: 'a process with one long call is silent',
    seed: 2,
    edits: [
      {
        file: 'llm/money/shared-ledger.ts',
        from: 'opened();\n      return {',
        to: 'return {',
      },
    ],
  },
  {
    name: 'less is reserved than the body asks for',
    seed: 2,
    edits: [
      {
        file: 'llm/http/answers/usage.ts',
        from: 'return answers * (limits.length === 0 ? otherwise : Math.max(...limits));',
        to: 'return answers * Math.min(otherwise, ...limits);',
      },
    ],
  },
  {
    name: 'a count of tokens that the text denies is believed',
    seed: 5,
    edits: [
      {
        file: 'llm/http/answers/usage.ts',
        from: 'told < bytes / bytesPerTokenAtMost ? tokensAbout(made) : ',
        to: '',
      },
    ],
  },
  {
    name: 'a record in a wrong partition is taken',
    seed: 149,
    edits: [
      {
        file: 'runtime/records/partition.ts',
        from: 'if (home === partition) return null;',
        to: 'return null;',
      },
    ],
  },
  {
    name: 'positions are committed before what the work made',
    seed: 1,
    edits: [
      {
        file: 'runtime/step/step-task.ts',
        from: 'await task.commit(commit);',
        to: 'await task.commit({ ...commit, outputs: [], store: [] });\n      await task.commit({ ...commit, positions: [] });',
      },
    ],
  },
  {
    name: 'what the work made is committed before the positions',
    seed: 2,
    edits: [
      {
        file: 'runtime/step/step-task.ts',
        from: 'await task.commit(commit);',
        to: 'await task.commit({ ...commit, positions: [] });\n      await task.commit({ ...commit, outputs: [], store: [] });',
      },
    ],
  },
  {
    name: 'what is read ahead at the end of a run is waited for',
    seed: 10,
    edits: [
      {
        file: 'runtime/fold/inbox.ts',
        from: 'records.length === 0 || closed',
        to: 'records.length === 0',
      },
    ],
  },
  {
    name: 'an error in a 200 is taken for an answer that cannot be read, and paid',
    seed: 68,
    edits: [
      {
        file: 'llm/http/answers/completion.ts',
        from: 'refuseErrorBody(value);\n  const parsed',
        to: 'const parsed',
      },
    ],
  },
  {
    name: 'whoever looks holds the copy of the task, and asks where it stands when the answer is there',
    seam: 'kafka',
    seed: 85,
    edits: [
      {
        file: 'runtime/transports/kafka/open.ts',
        from: `      if (held) return held;
      const copy = copies.copy('look',`,
        to: "      const copy = copies.copy(held ? 'task' : 'look',",
      },
      {
        file: 'runtime/transports/kafka/copies/copy.ts',
        from: 'if (held > end && replica.offset() === held)',
        to: 'if (replica.offset() > end)',
      },
    ],
  },
  {
    name: 'who sent a decision twice writes on in the same epoch',
    seam: 'kafka',
    seed: 190,
    edits: [
      {
        file: 'runtime/transports/kafka/writing/transaction.ts',
        from: 'if (decisions < 2) producer = current;',
        to: 'producer = current;',
      },
    ],
  },
  {
    name: 'the wall clock says whether a table is fresh',
    seam: 'kafka',
    seed: 113,
    edits: [
      {
        file: 'runtime/transports/kafka/open.ts',
        from: 'makeTableCopy(copy, () => performance.now())',
        to: 'makeTableCopy(copy, () => Date.now())',
      },
    ],
  },
];

const root = resolve(import.meta.dirname, '../..');
const SEEDS = 500;

/** The first seed that finds the mutation, in a copy of the sources; null where none of so many does. */
export const findMutation = ({ edits, seam = 'engine' }: Mutation, first = 1, seeds = SEEDS): number | null => {
  const copy = mkdtempSync(join(tmpdir(), 'sluice-mutation-'));
  try {
    const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.json', '*.avsc'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const source of sources.trim().split('\n').filter(isNeeded)) cpSync(join(root, source), join(copy, source));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const { file, from, to } of edits) {
      const text = readFileSync(join(copy, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}: the mutation is out of date`);
      writeFileSync(join(copy, file), text.replace(from, to));
    }
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(copy, 'test/simulation/first-failure.ts'), seam, String(seeds), String(first)],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(`the seeds could not be run: ${stderr}`);
    const seed = Number(stdout.trim() || Number.NaN);
    return Number.isSafeInteger(seed) ? seed : null;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const isNeeded = (source: string): boolean =>
  !source.startsWith('test/') || /^test\/(simulation|helpers)\//.test(source);

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  for (const mutation of mutations.filter(
    ({ name }) => wanted.length === 0 || wanted.some((one) => name.includes(one)),
  )) {
    const seed = findMutation(mutation);
    console.log(`${mutation.name}: ${seed === null ? `not found by ${SEEDS} seeds` : `found by seed ${seed}`}`);
    if (seed === null) process.exitCode = 1;
  }
}
