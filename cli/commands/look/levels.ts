import type { Command } from 'commander';
import { levelsUnder, type OtherLevels } from '../../../flow/quality/other-levels.ts';
import { attach } from '../../../flow/store/attach.ts';
import type { LevelSettings } from '../../../processors/level.ts';
import { levels } from '../../../schemas/hardness.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import { table } from '../../view/tables/table.ts';

interface LevelsFlags extends ConfigOptions {
  readonly thresholds?: string;
  readonly json?: boolean;
}

type Thresholds = LevelSettings['thresholds'];

export const levelsCommand = (): Command =>
  withExample(
    configured('levels', 'what other thresholds would make of a run’s scores; no model is asked')
      .option(
        '--thresholds <four>',
        'four rising numbers between 0 and 1; default: those that part the scores into fifths',
      )
      .option('--json', 'prints the counts as JSON')
      .action(async (flags: LevelsFlags) => {
        const loaded = lookAt(flags);
        const { by } = loaded.config.levels;
        const given = flags.thresholds === undefined ? null : parsed(flags.thresholds);
        const transport = await attach(loaded);
        try {
          const first = await levelsUnder(transport, { by, thresholds: given ?? even });
          const fifths = first.scores.quintiles as Thresholds | null;
          const thresholds = given ?? fifths;
          const found = given || !fifths ? first : await levelsUnder(transport, { by, thresholds: fifths });
          console.log(
            flags.json ? JSON.stringify({ ...found, thresholds }, null, 2) : lines(found, thresholds).join('\n'),
          );
        } finally {
          await transport.close();
        }
      }),
    'sluice levels --thresholds 0.55,0.6,0.65,0.7',
  );

const even: Thresholds = [0.2, 0.4, 0.6, 0.8];

const parsed = (text: string): Thresholds => {
  const numbers = text.split(',').map(Number);
  const rise = numbers.every((one, index) => one > (numbers[index - 1] ?? 0) && one < 1);
  if (numbers.length === 4 && rise) return numbers as unknown as Thresholds;
  throw new UsageError(`--thresholds ${text}: wants four rising numbers between 0 and 1, such as 0.2,0.4,0.6,0.8`);
};

const lines = ({ problems, now, other, scores }: OtherLevels, thresholds: Thresholds | null): string[] => {
  if (problems === 0) return ['no problem has a level yet'];
  const [least = 0, largest = 0] = scores.range ?? [];
  const spread =
    scores.range === null
      ? 'no problem has a score'
      : `${scores.count} scores between ${least.toFixed(2)} and ${largest.toFixed(2)}`;
  if (!thresholds) return [`${spread}: too few differ for thresholds that part them into fifths`];
  return [
    table([
      ['level', 'problems', 'would be'],
      ...levels.map((level) => [level, String(now[level]), String(other[level])]),
    ]),
    '',
    `${spread}; with levels.thresholds: [${thresholds.map((one) => Number(one.toFixed(4))).join(', ')}]`,
    'a replay gives the problems these levels, and asks the student about none of them',
  ];
};
