import type { Report } from '../../flow/outputs/report.ts';
import type { Moment } from '../../flow/status/timeline.ts';
import { levels } from '../../schemas/hardness.ts';
import { ink, type Picture } from './pictures.ts';
import { timelinePicture } from './timeline-picture.ts';
import { many } from './words.ts';

/** What a report does not have, and its pictures show all the same. */
export interface Beside {
  /** The lower bounds of levels that scores are held against. */
  readonly thresholds?: readonly number[];
  /** How the run went, as the process that reports has seen it. */
  readonly moments?: readonly Moment[];
}

/** What of a report is shown as pictures; those of which there is nothing to see are left out. */
export const picturesOf = (report: Report, { thresholds = [], moments = [] }: Beside = {}): Picture[] =>
  [
    levelsPicture(report),
    scoresPicture(report, thresholds),
    tokensPicture(report),
    verifiedPicture(report),
    costPicture(report),
    timelinePicture(moments),
  ].filter((one) => one !== null);

/** Target against emitted against found, in shares of each. */
const levelsPicture = ({ levels: found, target, emitted }: Report): Picture | null => {
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);
  if (sum(found) === 0) return null;
  const kinds = [
    { kind: 'target', share: (level: string) => target.share[level] ?? 0 },
    { kind: 'emitted', share: (level: string) => (emitted[level] ?? 0) / Math.max(1, sum(emitted)) },
    { kind: 'found', share: (level: string) => (found[level] ?? 0) / sum(found) },
  ].filter(({ kind }) => kind !== 'target' || target.share.all === undefined);
  const values = levels.flatMap((level) => kinds.map(({ kind, share }) => ({ level, kind, share: share(level) })));
  return {
    title: 'Levels: target, emitted, found',
    says: levels.map((level) => `${level}: ${emitted[level] ?? 0} emitted, ${found[level] ?? 0} found`).join('; '),
    spec: {
      data: { values },
      mark: 'bar',
      encoding: {
        x: { field: 'level', type: 'ordinal', sort: [...levels], title: 'from easy to hard' },
        xOffset: { field: 'kind', sort: null },
        y: { field: 'share', type: 'quantitative', axis: { format: '%' }, title: 'share' },
        color: {
          field: 'kind',
          scale: {
            domain: kinds.map(({ kind }) => kind),
            range: [ink.strong, ink.accent, ink.quiet].slice(-kinds.length),
          },
        },
      },
    },
  };
};

const scoresPicture = ({ quality: { scores } }: Report, thresholds: readonly number[]): Picture | null => {
  if (scores.range === null) return null;
  const width = 1 / scores.histogram.length;
  const [least, largest] = scores.range;
  return {
    title: 'Scores of wrong answers',
    says: `${many(scores.count, 'problem')} with a score, between ${least.toFixed(2)} and ${largest.toFixed(2)}${thresholds.length === 0 ? '' : `; levels part at ${thresholds.map((one) => Number(one.toFixed(4))).join(', ')}`}`,
    spec: {
      layer: [
        {
          data: {
            values: scores.histogram.map((problems, bin) => ({ from: bin * width, to: (bin + 1) * width, problems })),
          },
          mark: { type: 'bar', binSpacing: 1 },
          encoding: {
            x: {
              field: 'from',
              bin: { binned: true },
              type: 'quantitative',
              scale: { domain: [0, 1] },
              title: 'score',
            },
            x2: { field: 'to' },
            y: { field: 'problems', type: 'quantitative', title: 'problems' },
          },
        },
        {
          data: { values: thresholds.map((threshold) => ({ threshold })) },
          mark: { type: 'rule', color: ink.warm, strokeDash: [4, 3] },
          encoding: { x: { field: 'threshold', type: 'quantitative' } },
        },
      ],
    },
  };
};

const tokensPicture = ({ quality: { tokens } }: Report): Picture | null => {
  const values = levels.flatMap((level) => (tokens[level] ? [{ level, ...tokens[level] }] : []));
  if (values.length === 0) return null;
  return {
    title: 'Length of what was emitted',
    says: values
      .map(({ level, p50, p90 }) => `${level}: ${p50} tokens in the middle, nine tenths below ${p90}`)
      .join('; '),
    spec: {
      data: { values },
      encoding: { y: { field: 'level', type: 'ordinal', sort: [...levels], title: null } },
      layer: [
        {
          mark: { type: 'bar', color: ink.quiet, height: 4 },
          encoding: { x: { field: 'p50', type: 'quantitative', title: 'completion tokens' }, x2: { field: 'p90' } },
        },
        {
          mark: { type: 'point', filled: true, opacity: 1, size: 80, color: ink.accent },
          encoding: { x: { field: 'p50', type: 'quantitative' } },
        },
      ],
    },
  };
};

/** Whether more samples pay: what each adds, by level. */
const verifiedPicture = ({ quality: { verified } }: Report): Picture | null => {
  const values = levels.flatMap((level) =>
    (verified[level]?.bySample ?? []).map((solved, sample, all) => ({
      ...{ level, sample: `sample ${sample + 1}` },
      share: (solved - (all[sample - 1] ?? 0)) / Math.max(1, verified[level]?.problems ?? 0),
    })),
  );
  if (values.length === 0) return null;
  return {
    title: 'What the teacher solved, by sample',
    says: levels
      .flatMap((level) => {
        const { problems = 0, bySample = [] } = verified[level] ?? {};
        return problems > 0 ? [`${level}: ${bySample.at(-1)} of ${problems}, ${bySample[0]} by the first sample`] : [];
      })
      .join('; '),
    spec: {
      data: { values },
      mark: 'bar',
      encoding: {
        y: { field: 'level', type: 'ordinal', sort: [...levels], title: null },
        x: { field: 'share', type: 'quantitative', axis: { format: '%' }, scale: { domain: [0, 1] }, title: 'solved' },
        opacity: { field: 'sample', type: 'ordinal', scale: { range: [1, 0.3] } },
      },
    },
  };
};

const costPicture = ({ models }: Report): Picture | null => {
  const values = Object.entries(models).flatMap(([model, { cost }]) => (cost > 0 ? [{ model, cost }] : []));
  if (values.length === 0) return null;
  return {
    title: 'Money by model',
    says: values.map(({ model, cost }) => `${model}: ${cost.toFixed(4)}`).join('; '),
    spec: {
      height: { step: 28 },
      data: { values },
      mark: 'bar',
      encoding: {
        y: { field: 'model', type: 'nominal', sort: null, title: null },
        x: { field: 'cost', type: 'quantitative', title: 'in the currency of the prices' },
      },
    },
  };
};
