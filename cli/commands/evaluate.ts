import type { Command } from 'commander';
import { codecs } from '../../schemas/codecs.ts';
import { levels } from '../../schemas/hardness.ts';
import { UsageError } from '../config/error.ts';
import { evaluate } from '../run/evaluated.ts';
import { wilson } from '../run/wilson.ts';
import { listenToSignals } from '../signals.ts';
import { openModels } from '../wire/open-models.ts';
import { openTransport } from '../wire/open-transport.ts';
import { openVerifiers } from '../wire/open-verifiers.ts';
import { type ConfigOptions, configured, load, withExample } from './options.ts';

export const evaluateCommand = (): Command =>
  withExample(
    configured(
      'evaluate',
      'the student on the evaluation set: accuracy with an interval, and P_eval, frozen with the run',
    )
      .option('--json', 'prints the result as JSON')
      .action(async (flags: ConfigOptions & { json?: boolean }) => {
        const loaded = load(flags);
        const { config } = loaded;
        if (config.evaluation.length === 0) throw new UsageError(`${loaded.file}: evaluation: names no evaluation set`);
        const transport = await openTransport(loaded, { runner: true });
        const signals = listenToSignals((message) => console.error(message));
        const verifiers = openVerifiers();
        const models = await openModels(config, transport, {});
        try {
          const found = await evaluate(
            loaded,
            transport,
            { config, models, verifiers },
            {
              deadLetters: {
                topic: 'dead-letter',
                encode: (letter) => codecs.deadLetter.encode({ run: config.run, origin: null, ...letter }),
              },
              inHand: () => 2 * config.student.concurrency,
              stopping: signals.stopping,
              aborted: signals.aborted,
            },
          );
          process.exitCode = signals.exitCode();
          if (found === 'stopped') return;
          const interval = wilson(found.right, found.problems);
          const result = { ...found, accuracy: found.problems === 0 ? null : found.right / found.problems, interval };
          console.log(flags.json ? JSON.stringify(result, null, 2) : lines(result).join('\n'));
        } finally {
          signals.release();
          await models.close();
          await verifiers.close();
          await transport.close();
        }
      }),
    'sluice evaluate -c sluice.yaml --json',
  );

const lines = (
  result: Exclude<Awaited<ReturnType<typeof evaluate>>, 'stopped'> & {
    accuracy: number | null;
    interval: readonly [number, number];
  },
): string[] => [
  `${result.right} of ${result.problems} right: ${percent(result.accuracy ?? 0)} (95 % interval ${percent(result.interval[0])} to ${percent(result.interval[1])})`,
  `${result.truncated} truncated, ${result.unverifiable} unverifiable`,
  ...levels.map(
    (level) =>
      `${level.padEnd(8)} ${String(result.levels[level]).padStart(6)}  ${percent(result.problems === 0 ? 0 : result.levels[level] / result.problems)}`,
  ),
];

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
