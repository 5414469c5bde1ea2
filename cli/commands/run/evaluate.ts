import type { Command } from 'commander';
import { attachEvaluated } from '../../../flow/evaluation/attach-evaluated.ts';
import type { Evaluated } from '../../../flow/evaluation/evaluated.ts';
import { changesBetween, type EvaluationChange } from '../../../flow/evaluation/evaluation-change.ts';
import { keptReuse, type Reuse, refuseReuse } from '../../../flow/evaluation/reuse.ts';
import { checkSources } from '../../../flow/intake/check-sources.ts';
import { type EvaluationEnd, evaluateRun } from '../../../flow/run/evaluate.ts';
import { openTransport } from '../../../flow/store/open-transport.ts';
import type { ModelsAtWork } from '../../../flow/wiring/usage/usage-kept.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { levels } from '../../../schemas/hardness.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { listenToSignals } from '../../signals.ts';
import { many } from '../../text.ts';
import { keepPage } from '../../view/keep-page.ts';
import { table } from '../../view/tables/table.ts';
import { tellCollector } from '../../view/telemetry/tell-collector.ts';
import { watchEvaluation } from '../../view/watch/watch-evaluation.ts';

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
      .option('--html <file>', 'writes the result there too, in pictures: one file that needs no network')
      .option('--json', 'prints the result as JSON')
      .action(evaluateAndTell),
    'sluice evaluate -c sluice.yaml --json',
  );

interface EvaluateFlags extends ConfigOptions {
  readonly json?: boolean;
  readonly against?: string;
  readonly html?: string;
}

const evaluateAndTell = async (flags: EvaluateFlags): Promise<void> => {
  const loaded = load(flags);
  if (loaded.config.evaluation.length === 0)
    throw new UsageError(`${loaded.file}: evaluation: names no evaluation set`);
  await checkSources(loaded, false);
  // Told before anything is asked for, not after.
  if (flags.against) await (await attachEvaluated(loaded, flags.against)).close();
  const transport = await openTransport(loaded, { runner: true });
  try {
    const end = await evaluated(loaded, transport);
    if ('stopped' in end) return console.error('interrupted: the same command goes on where this one stopped');
    const found = end.evaluated;
    if (flags.against !== undefined) await refuseReuse(loaded, flags.against, transport);
    const reuse = (await keptReuse(transport)) ?? null;
    const change = flags.against === undefined ? null : await changesBetween(loaded, flags.against, transport);
    const accuracy = found.problems === 0 ? null : found.right / found.problems;
    const result = { ...found, accuracy, answers: reuse, ...(change && { against: change }) };
    console.log(flags.json ? JSON.stringify(result, null, 2) : lines(result).join('\n'));
    if (flags.html !== undefined) {
      const { evaluationPage } = await import('../../../page/report/evaluation-page.ts');
      await keepPage(flags.html, await evaluationPage(loaded.config.run, found, change ?? undefined));
    }
  } finally {
    await transport.close();
  }
};

/** Lets the student answer, shows how it goes, and sets the exit code. */
const evaluated = async (loaded: LoadedConfig, transport: Transport): Promise<EvaluationEnd> => {
  let atWork: ModelsAtWork | null = null;
  const asked = () => (atWork?.models.endpoints() ?? []).filter(({ role }) => role !== 'teacher');
  const view = watchEvaluation(process.stderr, transport, asked);
  const sent = await tellCollector(loaded, {
    command: 'evaluate',
    stages: view.stages,
    models: () => atWork && { ...atWork, models: { endpoints: asked } },
    tell: view.tell,
  });
  const signals = listenToSignals(view.tell);
  try {
    const end = await evaluateRun(loaded, transport, {
      stopping: signals.stopping,
      aborted: signals.aborted,
      observe: (event) => {
        view.observe(event);
        sent.observe(event);
      },
      tell: view.tell,
      began: (world) => {
        atWork = world;
      },
      ending: view.close,
    });
    const outOfMoney = 'stopped' in end ? end.outOfMoney : null;
    if (outOfMoney !== null) console.error(outOfMoney);
    process.exitCode = signals.exitCode() || (outOfMoney === null ? 0 : 3);
    return end;
  } finally {
    await view.close();
    await sent.close();
    signals.release();
  }
};

type Result = Evaluated & {
  /** Null where the evaluation was made as part of a run. */
  readonly answers: Reuse | null;
  readonly accuracy: number | null;
  readonly against?: EvaluationChange;
};

const lines = (result: Result): string[] => [
  `pass@1 ${percent(result.passAt1)} (95 % interval ${range(result)}) over ${many(result.problems, 'problem')}, ${many(result.attempts, 'answer')}; ${result.right} right by majority`,
  `${percent(share(result.truncated, result.attempts))} of the answers truncated, ${many(result.unverifiable, 'problem')} unverifiable, ${result.unanswered} unanswered`,
  ...reuseLines(result.answers),
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

const reuseLines = (answers: Reuse | null): string[] =>
  answers && answers.journaled > 0
    ? [`${answers.journaled} of the ${answers.asked + answers.journaled} answers came from the journal`]
    : [];

const changeLines = (change: EvaluationChange | undefined): string[] =>
  change === undefined
    ? []
    : [
        `against ${change.run}: ${percent(change.before)} → ${percent(change.now)} on ${change.common} common problems, a difference of ${signed(change.interval[0])} to ${signed(change.interval[1])}, ${change.gained} gained, ${change.lost} lost, p = ${change.p.toPrecision(2)}`,
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
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
