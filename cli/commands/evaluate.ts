import type { Command } from 'commander';
import { codecs } from '../../schemas/codecs.ts';
import { levels } from '../../schemas/hardness.ts';
import { UsageError } from '../config/error.ts';
import { attach } from '../look/attach.ts';
import { watchMoney } from '../run/end-of-money.ts';
import { evaluate } from '../run/evaluated.ts';
import { changesBetween, type EvaluationChange } from '../run/evaluation-change.ts';
import { listenToSignals } from '../signals.ts';
import { table } from '../view/table.ts';
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
      .option(
        '--against <run>',
        'an earlier evaluation in the same store: what was gained and lost, with a paired test',
      )
      .option('--json', 'prints the result as JSON')
      .action(async (flags: ConfigOptions & { json?: boolean; against?: string }) => {
        const loaded = load(flags);
        const { config } = loaded;
        if (config.evaluation.length === 0) throw new UsageError(`${loaded.file}: evaluation: names no evaluation set`);
        // Told before anything is asked for, not after.
        if (flags.against) await (await attach({ ...loaded, config: { ...config, run: flags.against } })).close();
        const transport = await openTransport(loaded, { runner: true });
        const signals = listenToSignals((message) => console.error(message));
        const verifiers = openVerifiers();
        const money = watchMoney(await openModels(config, transport, {}, loaded.secrets));
        const { models } = money;
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
              stopping: AbortSignal.any([signals.stopping, money.signal]),
              aborted: signals.aborted,
            },
          );
          process.exitCode = signals.exitCode() || (money.signal.aborted ? 3 : 0);
          if (money.signal.aborted) console.error((money.signal.reason as Error).message);
          if (found === 'stopped') return;
          const change = flags.against === undefined ? null : await changesBetween(loaded, flags.against, transport);
          const accuracy = found.problems === 0 ? null : found.right / found.problems;
          const result = { ...found, accuracy, ...(change && { against: change }) };
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

type Result = Exclude<Awaited<ReturnType<typeof evaluate>>, 'stopped'> & {
  readonly accuracy: number | null;
  readonly against?: EvaluationChange;
};

const lines = (result: Result): string[] => [
  `pass@1 ${percent(result.passAt1)} (95 % interval ${range(result)}) over ${result.problems} problems, ${result.attempts} answers; ${result.right} right by majority`,
  `${percent(share(result.truncated, result.attempts))} of the answers truncated, ${result.unverifiable} problems unverifiable, ${result.unanswered} unanswered`,
  ...changeLines(result.against),
  '',
  table([
    ['level', 'problems', 'share'],
    ...levels.map((level) => [
      level,
      String(result.levels[level]),
      percent(share(result.levels[level], result.problems)),
    ]),
  ]),
  ...(Object.keys(result.byDataSet).length > 1 ? groupLines('data set', result.byDataSet) : []),
  ...groupLines('subject', result.bySubject),
  ...groupLines('source level', result.bySourceLevel),
];

const changeLines = (change: EvaluationChange | undefined): string[] =>
  change === undefined
    ? []
    : [
        `against ${change.run}: ${percent(change.before)} → ${percent(change.now)} on ${change.common} common problems, ${change.gained} gained, ${change.lost} lost, p = ${change.p.toPrecision(2)}`,
      ];

const groupLines = (name: string, groups: Result['bySubject']): string[] =>
  Object.keys(groups).length === 0
    ? []
    : [
        '',
        table([
          [name, 'problems', 'pass@1', '95 % interval', 'truncated'],
          ...Object.entries(groups).map(([key, group]) => [
            key,
            String(group.problems),
            percent(group.passAt1),
            range(group),
            percent(share(group.truncated, group.attempts)),
          ]),
        ]),
      ];

const range = ({ interval: [low, high] }: Pick<Result, 'interval'>): string => `${percent(low)} to ${percent(high)}`;
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
