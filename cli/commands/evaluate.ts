import type { Command } from 'commander';
import { evaluate } from '../../flow/evaluation/evaluated.ts';
import { changesBetween, type EvaluationChange } from '../../flow/evaluation/evaluation-change.ts';
import { checkSources } from '../../flow/intake/check-sources.ts';
import { holdEvaluation } from '../../flow/plan/stored-settings.ts';
import { attach } from '../../flow/store/attach.ts';
import { openTransport } from '../../flow/store/open-transport.ts';
import { watchMoney } from '../../flow/wiring/end-of-money.ts';
import { openModels } from '../../flow/wiring/open-models.ts';
import { openVerifiers } from '../../flow/wiring/open-verifiers.ts';
import { keepUsage, usageBefore } from '../../flow/wiring/usage-kept.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import { levels } from '../../schemas/hardness.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { listenToSignals } from '../signals.ts';
import { table } from '../view/table.ts';
import { watchEvaluation } from '../view/watch-evaluation.ts';
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
      .action(evaluateAndTell),
    'sluice evaluate -c sluice.yaml --json',
  );

interface EvaluateFlags extends ConfigOptions {
  readonly json?: boolean;
  readonly against?: string;
}

const evaluateAndTell = async (flags: EvaluateFlags): Promise<void> => {
  const loaded = load(flags);
  if (loaded.config.evaluation.length === 0)
    throw new UsageError(`${loaded.file}: evaluation: names no evaluation set`);
  await checkSources(loaded, false);
  // Told before anything is asked for, not after.
  if (flags.against) await (await attach({ ...loaded, config: { ...loaded.config, run: flags.against } })).close();
  const transport = await openTransport(loaded, { runner: true });
  try {
    await holdEvaluation(transport, loaded.config, loaded.secrets);
    const found = await evaluated(loaded, transport);
    if (found === 'stopped') return console.error('interrupted: the same command goes on where this one stopped');
    const change = flags.against === undefined ? null : await changesBetween(loaded, flags.against, transport);
    const accuracy = found.problems === 0 ? null : found.right / found.problems;
    const result = { ...found, accuracy, ...(change && { against: change }) };
    console.log(flags.json ? JSON.stringify(result, null, 2) : lines(result).join('\n'));
  } finally {
    await transport.close();
  }
};

/** Lets the student answer, shows how it goes, and sets the exit code. */
const evaluated = async (loaded: LoadedConfig, transport: Transport): ReturnType<typeof evaluate> => {
  const { config } = loaded;
  const verifiers = openVerifiers(loaded.domains, loaded);
  const opened = await openModels(loaded, transport, await usageBefore(transport));
  const kept = keepUsage(transport, opened);
  const money = watchMoney(opened);
  const asked = () => opened.endpoints().filter(({ role }) => role !== 'teacher');
  const view = watchEvaluation(process.stderr, transport, asked);
  const signals = listenToSignals(view.tell);
  signals.stopping.addEventListener('abort', opened.drain, { once: true });
  try {
    return await evaluate(
      loaded,
      transport,
      { settings: loaded, models: money.models, verifiers },
      {
        deadLetters: {
          topic: 'dead-letter',
          encode: (letter) => codecs.deadLetter.encode({ run: config.run, origin: null, ...letter }),
        },
        inHand: () => 2 * config.student.concurrency,
        observe: view.observe,
        stopping: AbortSignal.any([signals.stopping, money.signal]),
        aborted: signals.aborted,
      },
    );
  } finally {
    await view.close();
    process.exitCode = signals.exitCode() || (money.signal.aborted ? 3 : 0);
    if (money.signal.aborted) console.error((money.signal.reason as Error).message);
    signals.release();
    await kept.stop();
    await opened.close();
    await verifiers.close();
  }
};

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
