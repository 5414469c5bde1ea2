import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { takeDataSets } from '../run/data-sets.ts';
import { ingest } from '../run/ingest.ts';
import { listenToSignals } from '../signals.ts';
import { openTransport } from '../wire/open-transport.ts';
import { type ConfigOptions, configured, load, withExample } from './options.ts';

const NOTICED_AFTER_MILLISECONDS = 2500;

export const ingestCommand = (): Command =>
  withExample(
    configured('ingest', 'adds problems; a file that was read before is not added again')
      .argument('<files...>', 'files, globs or folders')
      .option('--preset <name>', 'how the rows are laid out', 'generic')
      .action(async (files: string[], flags: ConfigOptions & { preset: string }) => {
        const loaded = load(flags);
        const transport = await openTransport(loaded, { runner: false });
        const signals = listenToSignals((message) => console.error(message));
        try {
          const sources = files.map((path) => ({ path, preset: flags.preset, from: resolve('.') }));
          const dataSets = await takeDataSets(transport, []);
          // A run that goes on looks for new data sets every second; records that came before it looked would be passed over.
          if (await dataSets.add(sources)) await sleep(NOTICED_AFTER_MILLISECONDS);
          const { run } = loaded.config;
          const found = await ingest({
            transport,
            topic: 'problems',
            run,
            sources,
            signal: signals.stopping,
            progress: (problems) => {
              if (process.stderr.isTTY) process.stderr.write(`\r${problems} problems`);
            },
          });
          if (process.stderr.isTTY) process.stderr.write('\n');
          console.log(`${found.problems} problems added, ${found.bad} bad rows, ${found.known} files known before`);
          process.exitCode = signals.exitCode();
        } finally {
          signals.release();
          await transport.close();
        }
      }),
    'sluice ingest data/gsm8k/*.jsonl --preset gsm8k',
  );
