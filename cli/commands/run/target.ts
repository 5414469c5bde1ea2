import { Command } from 'commander';
import { announcedTarget, announceTarget, configuredTarget } from '../../../flow/plan/target.ts';
import { attach } from '../../../flow/store/attach.ts';
import { curriculumWeights, targetOf } from '../../../processors/sampling/target.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level } from '../../../schemas/types.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';

interface TargetFlags extends ConfigOptions {
  readonly records?: string;
  readonly distribution?: string;
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
      .option('--distribution <weights>', 'curriculum, natural, or weights such as easy=5,level_5=5,level_4=4')
      .action(setTarget),
    'sluice target set --distribution easy=1,level_5=2,level_4=3',
  );

const setTarget = async (flags: TargetFlags): Promise<void> => {
  if (flags.records === undefined && flags.distribution === undefined) {
    throw new UsageError('target set: says nothing: give --records or --distribution');
  }
  const loaded = load(flags);
  const transport = await attach(loaded);
  try {
    const before = (await announcedTarget(transport)) ?? configuredTarget(loaded.config, undefined, undefined);
    const records = flags.records === undefined ? before.records : recordsOf(flags.records);
    if (records === null && before.admit === 'after-grading')
      throw new UsageError('--records none: a target with admit: after-grading wants a number');
    const now = targetOf({ ...before, records, weights: weightsOf(flags.distribution, before) });
    await announceTarget(transport, now);
    console.log(JSON.stringify(now));
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

const weightsOf = (text: string | undefined, before: ReturnType<typeof targetOf>) => {
  if (text === 'natural') return 'natural';
  if (text === 'curriculum') return curriculumWeights;
  if (text !== undefined) return parseWeights(text);
  if (before.natural) return 'natural';
  return fullWeights(Object.fromEntries(before.queues.map(({ queue, share }) => [queue, share])));
};

const parseWeights = (text: string): Record<Level, number> => {
  const pairs = text.split(',').map((part) => part.split('=').map((one) => one.trim()));
  for (const [level = '', weight] of pairs) {
    const isLevel = levels.includes(level as Level);
    const isWeight = weight !== undefined && weight !== '' && Number.isFinite(Number(weight)) && Number(weight) >= 0;
    if (isLevel && isWeight) continue;
    throw new UsageError(`--distribution ${text}: wants LEVEL=WEIGHT with levels ${levels.join(', ')}`);
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
