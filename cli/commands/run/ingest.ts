import { resolve } from 'node:path';
import type { Command } from 'commander';
import { evaluationsAreKept, keepEvaluations } from '../../../flow/intake/contamination.ts';
import { declareDataSets } from '../../../flow/intake/data-sets.ts';
import { ingest } from '../../../flow/intake/ingest.ts';
import { asConfigured, dataSetName, sourceFiles } from '../../../flow/intake/source-files.ts';
import { keptAcceptance } from '../../../flow/plan/acceptance.ts';
import { letterEnds, takeBackLetters } from '../../../flow/status/letters/take-back-letters.ts';
import type { StageNote } from '../../../flow/status/notes/live-note.ts';
import { openTransport } from '../../../flow/store/open-transport.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { listenToSignals } from '../../signals.ts';
import { many } from '../../text.ts';
import { tellCollector } from '../../view/telemetry/tell-collector.ts';

export const ingestCommand = (): Command =>
  withExample(
    configured('ingest', 'adds problems; a file that was read before is not added again')
      .argument('<files...>', 'files, globs or folders')
      .option(
        '--preset <name>',
        'how the rows are laid out; default: as the configuration says of that file, else generic',
      )
      .action(async (paths: string[], flags: ConfigOptions & { preset?: string }) => {
        const loaded = load(flags);
        const transport = await openTransport(loaded, { runner: false });
        const tell = (message: string) => console.error(message);
        const added = { problems: 0, bad: 0 };
        const sent = await tellCollector(loaded, {
          command: 'ingest',
          stages: () => [noteOf(added.problems, added.bad)],
          models: () => null,
          tell,
        });
        const signals = listenToSignals(tell);
        try {
          const sources = paths.map((path) => ({
            path,
            preset: flags.preset ?? 'generic',
            from: resolve('.'),
            domains: loaded.domains,
            split: 'train' as const,
          }));
          const named = await sourceFiles(sources);
          const files = flags.preset === undefined ? await asConfigured(named, loaded) : named;
          if (!(await evaluationsAreKept(transport))) await keepEvaluations(transport, loaded);
          const acceptance = await keptAcceptance(loaded, transport);
          await acceptance.dataSets.add(files.map(dataSetName));
          await declareDataSets(transport, 'named');
          const { run } = loaded.config;
          const before = await letterEnds(transport);
          const found = await ingest({
            transport,
            topic: 'problems',
            run,
            files,
            ...acceptance,
            whole: true,
            signal: signals.stopping,
            progress: ({ problems, bad }) => {
              added.problems += problems;
              added.bad += bad;
              if (process.stderr.isTTY) process.stderr.write(`\r${many(added.problems, 'problem')}`);
            },
          });
          await takeBackLetters(transport, run, found.read, before);
          if (process.stderr.isTTY) process.stderr.write('\n');
          const corrected = found.corrected > 0 ? `, ${found.corrected} corrected by a changed file` : '';
          console.log(
            `${many(found.problems, 'problem')} added, ${many(found.bad, 'bad row')}, ${many(found.known, 'file')} known before${corrected}`,
          );
          const onlyBad = found.bad > 0 && found.problems === 0 && found.known === 0;
          process.exitCode = signals.exitCode() || (onlyBad ? 1 : 0);
        } finally {
          signals.release();
          await sent.close();
          await transport.close();
        }
      }),
    'sluice ingest data/gsm8k/*.jsonl --preset gsm8k',
  );

const noteOf = (done: number, dead: number): StageNote => ({
  ...{ stage: 'ingest', inHand: 0, oldestSeconds: null, perSecond: 0 },
  ...{ done, dead },
});
