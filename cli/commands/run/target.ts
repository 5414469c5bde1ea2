import { Command } from 'commander';
import { frozenEvaluation } from '../../../flow/evaluation/evaluated.ts';
import { otherRunsWeights } from '../../../flow/plan/other-run.ts';
import { announcedTarget, announceTarget, configuredTarget, weightsOf } from '../../../flow/plan/target.ts';
import { didYouMean } from '../../../flow/settings/did-you-mean.ts';
import { partsOf } from '../../../flow/settings/parts.ts';
import { attach } from '../../../flow/store/attach.ts';
import { type Target, type TargetSettings, targetOf, withoutParts } from '../../../processors/sampling/target.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level } from '../../../schemas/types.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import { targetText } from '../../view/screen/target-text.ts';

interface TargetFlags extends ConfigOptions {
  readonly records?: string;
  readonly distribution?: string;
  readonly json?: boolean;
}

export const targetCommand = (): Command =>
  withExample(
    new Command('target').description('the target of a run').addCommand(setCommand()),
    'sluice target set --records 5000',
  );

const setCommand = (): Command =>
  withExample(
    configured('set', 'changes the target of a run, also while it goes on: a record on its control topic')
      .option('--records <number>', 'how many are to be emitted; "none" for as many as come')
      .option(
        '--distribution <words>',
        'as target.distribution has it: curriculum, natural, evaluated, "{ run: NAME }", or weights such as easy=5,level_5=4',
      )
      .option('--json', 'prints the target as the control topic has it, with shares and quotas')
      .action(setTarget),
    'sluice target set --distribution easy=1,level_5=2,level_4=3',
  );

const setTarget = async (flags: TargetFlags): Promise<void> => {
  if (flags.records === undefined && flags.distribution === undefined) {
    throw new UsageError('target set: says nothing: give --records or --distribution');
  }
  const given = flags.distribution === undefined ? [] : [`target.distribution=${configWords(flags.distribution)}`];
  const loaded = load({ ...flags, set: [...(flags.set ?? []), ...given] });
  const { config } = loaded;
  const transport = await attach(loaded);
  try {
    const evaluated = await frozenEvaluation(transport);
    const other = await otherRunsWeights(loaded);
    const said = await announcedTarget(transport, partsOf(config.target)?.by);
    const before = said ?? configuredTarget(config, evaluated, other);
    const records = flags.records === undefined ? before.records : recordsOf(flags.records);
    if (records === null && before.admit === 'after-grading')
      throw new UsageError('--records none: a target with admit: after-grading wants a number');
    const weights =
      given.length === 0 ? weightsBefore(before) : weightsOf(config.target.distribution, evaluated, other);
    const now = targetOf({ ...before, records, weights });
    await announceTarget(transport, now);
    const words = given.length === 0 ? null : config.target.distribution;
    console.log(flags.json ? JSON.stringify(now) : targetText(now, words));
  } finally {
    await transport.close();
  }
};

const recordsOf = (text: string): number | null => {
  if (text === 'none') return null;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError(`--records ${text}: wants a whole number, 1 or more, or none`);
};

const weightsBefore = (target: Target): TargetSettings['weights'] =>
  target.natural
    ? 'natural'
    : fullWeights(Object.fromEntries(withoutParts(target).queues.map(({ queue, share }) => [queue, share])));

/** What the configuration would have under `target.distribution`, as YAML. */
const configWords = (text: string): string => {
  if (words.includes(text) || text.trimStart().startsWith('{')) return text;
  if (text.includes('=')) return JSON.stringify(parseWeights(text));
  throw new UsageError(
    `--distribution ${text}: ${didYouMean(text, words)}wants ${words.join(', ')}, "{ run: NAME }", or LEVEL=WEIGHT with levels ${levels.join(', ')}`,
  );
};

const words = ['curriculum', 'evaluated', 'natural'];

const parseWeights = (text: string): Record<Level, number> => {
  const pairs = text.split(',').map((part) => part.split('=').map((one) => one.trim()));
  for (const [level = '', weight] of pairs) {
    const isLevel = levels.includes(level as Level);
    const isWeight = weight !== undefined && weight !== '' && Number.isFinite(Number(weight)) && Number(weight) >= 0;
    if (isLevel && isWeight) continue;
    throw new UsageError(
      `--distribution ${text}: ${didYouMean(level, levels)}wants LEVEL=WEIGHT with levels ${levels.join(', ')}`,
    );
  }
  const levelsGiven = pairs.map(([level]) => level);
  const twice = levelsGiven.find((level, index) => levelsGiven.indexOf(level) < index);
  if (twice !== undefined) throw new UsageError(`--distribution ${text}: names ${twice} twice`);
  const weights = fullWeights(Object.fromEntries(pairs.map(([level, weight]) => [level, Number(weight)])));
  if (Object.values(weights).every((weight) => weight === 0)) {
    throw new UsageError(`--distribution ${text}: at least one weight must be positive`);
  }
  return weights;
};

const fullWeights = (given: Record<string, number>): Record<Level, number> =>
  Object.fromEntries(levels.map((level) => [level, given[level] ?? 0])) as Record<Level, number>;
