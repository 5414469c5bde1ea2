import stringWidth from 'string-width';
import type { Status } from '../../../flow/status/status.ts';
import { whole } from '../../text.ts';
import { type Colors, padEnd } from './columns.ts';
import { fitColumns } from './fit-columns.ts';

const NAME = 8;
const BAR = { least: 8, most: 40 };

/** A line a level. A bar is as long as what is wanted of it; what is emitted fills it. */
export const drawLevels = ({ levels, target }: Status, columns: number, color: Colors): string[] => {
  const all = Object.entries(levels);
  const cells = (text: (one: Level) => string) => all.map(([, one]) => text(one));
  const some = (of: (one: Level) => number, what: string) =>
    cells((one) => (all.some(([, any]) => of(any) > 0) ? `${whole(of(one))} ${what}` : ''));
  const figures = fitColumns(
    [
      { side: 'right', cells: cells(({ emitted }) => whole(emitted)) },
      { side: 'left', cells: cells((one) => wantedOf(one, shareOf(one, target.emitted))) },
      { side: 'right', cells: some(({ teaching }) => teaching, 'teaching'), dispensable: 1 },
      { side: 'right', cells: some(({ parked }) => parked, 'parked'), dispensable: 2 },
      { side: 'right', cells: some(({ problems }) => problems, 'found'), dispensable: 3 },
      { side: 'left', cells: cells(({ closed }) => (closed ? color.red('closed') : '')) },
      { side: 'left', cells: cells(({ closed }) => (closed ? 'the teacher fails' : '')), dispensable: 4 },
    ],
    columns - NAME - BAR.least - 2,
  );
  const taken = Math.max(0, ...figures.map((line) => stringWidth(line)));
  const width = Math.max(BAR.least, Math.min(BAR.most, columns - NAME - taken - 2));
  return all.map(([level, one], row) => {
    const filled = Math.round(width * Math.min(1, reachedOf(one, shareOf(one, target.emitted))));
    const bar = color.green('█'.repeat(filled)) + color.dim('░'.repeat(width - filled));
    return `${padEnd(level, NAME)} ${bar} ${figures[row]}`;
  });
};

type Level = Status['levels'][string];

const shareOf = ({ emitted }: Level, ofAll: number): number => (ofAll === 0 ? 0 : emitted / ofAll);

const reachedOf = ({ quota, emitted }: Level, share: number): number => {
  if (quota === null) return share;
  return quota === 0 ? 0 : emitted / quota;
};

const wantedOf = ({ quota, share: wanted }: Level, share: number): string => {
  if (quota !== null) return `of ${whole(quota)}`;
  return `${percent(share)}${wanted === null ? '' : ` of ${percent(wanted)}`}`;
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
