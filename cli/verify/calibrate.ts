import { type Interval, wilson } from '../../flow/evaluation/intervals.ts';
import type { Verdict } from '../../verifiers/port.ts';
import { many } from '../text.ts';
import type { Result } from './judge-tasks.ts';

/** A share with its 95 % interval (Wilson). */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly interval: Interval;
}

/** How a verifier's verdicts stand to labels that people gave. */
export interface Calibration {
  /** Pairs with a label. */
  readonly pairs: number;
  /** Lines that could not be read or judged, or have no label. */
  readonly leftOut: number;
  readonly agreement: Share;
  /** Of those labelled wrong, the ones that were called right. */
  readonly wrongYes: Share;
  /** Of those labelled right, the ones that were not. */
  readonly wrongNo: Share;
  readonly unverifiable: number;
  /** Of the pairs, those that a model judged. */
  readonly byModel: number;
}

export const calibration = async (results: AsyncIterable<Result>): Promise<Calibration> => {
  const counts = new Map<string, number>();
  let leftOut = 0;
  let byModel = 0;
  for await (const { judged, label, broken } of results) {
    if (broken || label === null) {
      leftOut++;
      continue;
    }
    if (judged.found === 'model') byModel++;
    const cell = `${label}/${judged.verdict}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const of = (label: 'right' | 'wrong', verdict: Verdict): number => counts.get(`${label}/${verdict}`) ?? 0;
  const all = (label: 'right' | 'wrong'): number => verdicts.reduce((sum, verdict) => sum + of(label, verdict), 0);
  const pairs = all('right') + all('wrong');
  return {
    ...{ pairs, leftOut },
    agreement: shareOf(of('right', 'right') + of('wrong', 'wrong'), pairs),
    wrongYes: shareOf(of('wrong', 'right'), all('wrong')),
    wrongNo: shareOf(all('right') - of('right', 'right'), all('right')),
    unverifiable: of('right', 'unverifiable') + of('wrong', 'unverifiable'),
    byModel,
  };
};

const verdicts: readonly Verdict[] = ['right', 'wrong', 'unverifiable'];

const shareOf = (count: number, of: number): Share => ({
  ...{ count, of },
  share: of === 0 ? 0 : count / of,
  interval: wilson(count, of),
});

/** The same as lines of text. */
export const calibrationTable = ({ pairs, leftOut, unverifiable, byModel, ...shares }: Calibration): string =>
  [
    `${many(pairs, 'labelled pair')}${leftOut > 0 ? `, ${many(leftOut, 'line')} left out` : ''}; a model judged ${byModel}; ${unverifiable} unverifiable`,
    ...Object.entries({ agreement: shares.agreement, 'wrong yes': shares.wrongYes, 'wrong no': shares.wrongNo }).map(
      ([
        name,
        {
          count,
          of,
          share,
          interval: [low, high],
        },
      ]) => `${name.padEnd(10)} ${percent(share)}  (${count} of ${of}; 95 %: ${percent(low)} to ${percent(high)})`,
    ),
  ].join('\n');

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
