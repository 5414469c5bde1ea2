import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { correctProblems, type Wish, withdrawProblems } from '../../../flow/corrections/correct.ts';
import { openTransport } from '../../../flow/store/open-transport.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { many } from '../../text.ts';

interface ProblemsFlags extends ConfigOptions {
  readonly answer?: string;
  readonly tests?: string;
  readonly from?: string;
}

export const problemsCommand = (): Command =>
  withExample(commandsOfProblems(), 'sluice problems withdraw 3f1c0a5be0d94c7f8a2b6d1e5c4f7a90');

const commandsOfProblems = (): Command =>
  new Command('problems')
    .description('mends the problems that are there: for every run that begins after this')
    .addCommand(
      withExample(
        configured('correct', 'gives problems another reference; the rows as they were count no more')
          .argument('[id]', 'the id of the problem')
          .option('--answer <text>', 'its reference from now on')
          .option('--tests <json>', 'the same of a problem of code')
          .option('--from <file>', 'many: JSON lines with `id` and `answer` or `tests`')
          .action(async (id: string | undefined, flags: ProblemsFlags) => {
            const wishes = wishesOf(id, flags);
            const done = await withStore(flags, (loaded, transport) => correctProblems(loaded, transport, wishes));
            console.log(`${many(done, 'problem')} corrected; ${THEN}`);
          }),
        'sluice problems correct 3f1c0a5be0d94c7f8a2b6d1e5c4f7a90 --answer 42',
      ),
    )
    .addCommand(
      withExample(
        configured('withdraw', 'takes problems out')
          .argument('[ids...]', 'the ids of the problems')
          .option('--from <file>', 'many: JSON lines with `id`')
          .action(async (ids: string[], flags: ProblemsFlags) => {
            const all = [...ids, ...(flags.from === undefined ? [] : linesOf(flags.from).map((one) => one.id))];
            if (all.length === 0) throw new UsageError('problems withdraw: wants ids, or --from FILE');
            const done = await withStore(flags, (_, transport) => withdrawProblems(transport, all));
            console.log(`${many(done, 'problem')} withdrawn; ${THEN}`);
          }),
        'sluice problems withdraw 3f1c0a5be0d94c7f8a2b6d1e5c4f7a90',
      ),
    );

const THEN =
  'a run that has begun keeps what it has: `sluice replay --run NAME` makes its set anew, and pays only for what changed';

const withStore = async <Result>(
  flags: ConfigOptions,
  work: (loaded: LoadedConfig, transport: Transport) => Promise<Result>,
): Promise<Result> => {
  const loaded = load(flags);
  const transport = await openTransport(loaded, { runner: false });
  try {
    return await work(loaded, transport);
  } finally {
    await transport.close();
  }
};

const wishesOf = (id: string | undefined, { answer, tests, from }: ProblemsFlags): Wish[] => {
  if (from !== undefined && id === undefined) {
    const lines = linesOf(from);
    const without = lines.findIndex((one) => one.answer === undefined && one.tests === undefined);
    if (without >= 0) throw new UsageError(`${from}:${without + 1}: wants an answer or tests`);
    return lines;
  }
  if (id === undefined || from !== undefined || (answer === undefined) === (tests === undefined))
    throw new UsageError('problems correct: wants an id with --answer or --tests, or --from FILE');
  return [{ id, answer, tests }];
};

const line = z.looseObject({
  id: z.string(),
  answer: z.union([z.string(), z.number()]).transform(String).optional(),
  tests: z
    .union([z.string(), z.looseObject({})])
    .transform((tests) => (typeof tests === 'string' ? tests : JSON.stringify(tests)))
    .optional(),
});

const linesOf = (file: string): z.output<typeof line>[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--from ${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return text.split('\n').flatMap((one, index) => {
    if (one.trim() === '') return [];
    const parsed = line.safeParse(jsonOf(one));
    if (parsed.success) return [parsed.data];
    throw new UsageError(`${file}:${index + 1}: wants a JSON object with an id, such as {"id": "…", "answer": "42"}`);
  });
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
