import { Command, Option } from 'commander';
import { openVerifiers } from '../../flow/wiring/open-verifiers.ts';
import type { Domain } from '../../schemas/types.ts';
import { UsageError } from '../config/error.ts';
import { many } from '../text.ts';
import { judgeTasks } from '../verify/judge-tasks.ts';
import { type Asked, readTasks } from '../verify/read-task.ts';
import { withExample } from './options.ts';

interface VerifyFlags {
  readonly kind?: Domain;
  readonly reference?: string;
  readonly response?: string;
  readonly choices?: string[];
  readonly explain?: boolean;
}

export const verifyCommand = (): Command =>
  withExample(
    new Command('verify')
      .description('the verifier alone: JSON lines with a `response` on stdin, or one pair as arguments')
      .addOption(new Option('--kind <kind>', 'of lines that name no domain').choices(['maths', 'code', 'choice']))
      .option('--reference <text>', 'what the answer is measured against')
      .option('--response <text>', "a model's whole text")
      .option('--choices <texts...>', 'the texts of the choices, for --kind choice')
      .option('--explain', 'adds how both sides were read')
      .action(verify),
    `sluice verify --reference '\\frac{1}{2}' --response 'So it is \\boxed{0.5}.'`,
  );

const verify = async (flags: VerifyFlags): Promise<void> => {
  const verifiers = await openVerifiers();
  let broken = 0;
  try {
    const { signal } = new AbortController();
    const settings = { explain: flags.explain ?? false, signal, now: () => performance.now() };
    for await (const result of judgeTasks(tasksOf(flags), verifiers, settings)) {
      if (result.broken) broken++;
      await print(`${JSON.stringify(result.judged)}\n`);
    }
  } finally {
    await verifiers.close();
  }
  if (broken === 0) return;
  console.error(`${many(broken, 'line')} could not be judged: verdict "unverifiable", and the reason says why`);
  process.exitCode = 1;
};

const tasksOf = (flags: VerifyFlags): AsyncIterable<Asked> => {
  const { reference, response, kind } = flags;
  if (reference === undefined && response === undefined) return readTasks(stdin(), kind);
  if (reference === undefined || response === undefined)
    throw new UsageError('--reference and --response belong together: give both, or JSON lines on stdin');
  const of = kind === 'code' ? { tests: reference } : { answer: reference };
  const row = { response, ...of, ...(flags.choices && { choices: flags.choices }) };
  return readTasks(lines(JSON.stringify(row)), kind);
};

async function* lines(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const stdin = (): AsyncIterable<Buffer> => {
  if (process.stdin.isTTY) throw new UsageError('verify reads JSON lines on stdin, or give --reference and --response');
  return process.stdin;
};

/** Waits where the reader of our output is slower than we are. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });
