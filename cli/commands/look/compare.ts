import type { Command } from 'commander';
import { type Comparison, compareRuns } from '../../../flow/outputs/compare.ts';
import { attach } from '../../../flow/store/attach.ts';
import { levels } from '../../../schemas/hardness.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import { many } from '../../text.ts';
import { keepPage } from '../../view/keep-page.ts';
import { table } from '../../view/tables/table.ts';

export const compareCommand = (): Command =>
  withExample(
    configured('compare', 'two runs: where the students differ, level by level, and what serves both')
      .argument('<first>', 'name of a run')
      .argument('<second>', 'name of another in the same store')
      .option('--html <file>', 'writes the comparison there too, in pictures: one file that needs no network')
      .option('--json', 'prints the comparison as JSON')
      .action(async (first: string, second: string, flags: ConfigOptions & { json?: boolean; html?: string }) => {
        if (first === second) throw new UsageError(`compare ${first} ${second}: wants two different runs`);
        const open = (run: string) => attach(lookAt({ ...flags, set: [...(flags.set ?? []), `run=${run}`] }));
        const left = await open(first);
        const right = await open(second).catch(async (error) => {
          await left.close();
          throw error;
        });
        try {
          const found = await compareRuns(left, right);
          console.log(flags.json ? JSON.stringify(found, null, 2) : lines(found, first, second).join('\n'));
          if (flags.html === undefined) return;
          const { comparisonPage } = await import('../../../page/report/comparison-page.ts');
          await keepPage(flags.html, await comparisonPage(found, first, second));
        } finally {
          await left.close();
          await right.close();
        }
      }),
    'sluice compare qwen-7b qwen-3b',
  );

const lines = (
  { common, onlyFirst, onlySecond, matrix, differences, serveBoth }: Comparison,
  first: string,
  second: string,
): string[] => [
  `${many(common, 'problem')} levelled by both; ${onlyFirst} by ${first} alone, ${onlySecond} by ${second} alone`,
  '',
  table([
    [`${first} \\ ${second}`, ...levels],
    ...levels.map((row) => [row, ...levels.map((column) => String(matrix[row][column]))]),
  ]),
  '',
  table([
    ['level', `${second} − ${first}`, '95 % interval'],
    ...levels.map((level) => {
      const { share, interval } = differences[level];
      return [level, signed(share), interval.map(signed).join(' to ')];
    }),
  ]),
  '',
  `verified records on problems of the same level for both: ${serveBoth.first} of ${first}, ${serveBoth.second} of ${second}`,
  `problems with a verified record in both runs: ${serveBoth.sameProblem}`,
];

const signed = (share: number): string => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`;
