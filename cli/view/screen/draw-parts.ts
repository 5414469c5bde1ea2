import type { Status } from '../../../flow/status/status.ts';
import { plainLine, whole } from '../../text.ts';
import { fitColumns } from './fit-columns.ts';

/** A line a part of a mixture, what it has against what is wanted of it. */
export const drawParts = ({ parts = {}, target }: Status, columns: number): string[] => {
  const all = Object.entries(parts);
  const cells = (text: (one: Part) => string) => all.map(([, one]) => text(one));
  const share = (one: Part) => percent(target.emitted === 0 ? 0 : one.emitted / target.emitted);
  return fitColumns(
    [
      { side: 'left', cells: all.map(([part]) => plainLine(part).slice(0, 40)), least: 8 },
      { side: 'right', cells: cells(({ emitted }) => whole(emitted)) },
      {
        side: 'left',
        cells: cells((one) =>
          one.quota === null ? `${share(one)} of ${percent(one.share)}` : `of ${whole(one.quota)}`,
        ),
      },
      { side: 'right', cells: cells(({ teaching }) => `${whole(teaching)} teaching`), dispensable: 1 },
      { side: 'right', cells: cells(({ parked }) => `${whole(parked)} parked`), dispensable: 2 },
    ],
    columns,
  );
};

type Part = NonNullable<Status['parts']>[string];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
