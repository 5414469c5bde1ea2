import { once } from 'node:events';
import { Command } from 'commander';
import { collect, lookAt, withExample } from '../../arguments/options.ts';
import { openPageAt, PAGE_ADDRESS } from '../../arguments/page-address.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';

interface PageFlags {
  readonly config?: readonly string[];
  readonly set?: readonly string[];
  readonly listen: string;
}

/** Colours that are told apart, and room for a bar each. */
const MOST_RUNS = 6;

export const pageCommand = (): Command =>
  withExample(
    new Command('page')
      .description('shows a run in the browser, or several side by side, while they go on and after; reads only')
      .argument('[runs...]', 'names of runs in the same store; left out: the run of each configuration')
      .option(
        '-c, --config <file>',
        'the configuration; given again, another run beside it (default: sluice.yaml)',
        collect,
      )
      .option('--set <key=value>', 'overrides a key by its path; may be given again', collect)
      .option('--listen <host:port>', 'where; beyond loopback the address has a token', PAGE_ADDRESS)
      .action(async (names: readonly string[], flags: PageFlags) => {
        const page = await openPageAt(wanted(names, flags), flags.listen, '--listen');
        console.log(page.url);
        console.error('Ctrl-C ends it; the runs do not notice');
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
        await page.close();
      }),
    'sluice page qwen-7b qwen-3b',
  );

const wanted = (names: readonly string[], { config: files = ['sluice.yaml'], set = [] }: PageFlags): LoadedConfig[] => {
  const [file = '', ...others] = files;
  if (names.length > 0 && others.length > 0)
    throw new UsageError('page: takes names of runs, or several configurations; not both');
  const runs =
    names.length > 0
      ? names.map((run) => lookAt({ config: file, set: [...set, `run=${run}`] }))
      : files.map((config) => lookAt({ config, set }));
  const twice = runs.find(({ config, file: from }, index) =>
    runs.slice(0, index).some((one) => one.config.run === config.run && one.file === from),
  );
  if (twice) throw new UsageError(`page: the run "${twice.config.run}" of ${twice.file} is asked for twice`);
  if (runs.length > MOST_RUNS) throw new UsageError(`page: shows ${MOST_RUNS} runs at most, not ${runs.length}`);
  return runs;
};
