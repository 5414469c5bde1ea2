import type { Moment } from '../../flow/status/timeline.ts';
import { ink, type Picture } from './pictures.ts';
import { whole } from './words.ts';

/** Records a second by stage, and when endpoints let nothing through; null where too little was seen to draw. */
export const timelinePicture = (moments: readonly Moment[]): Picture | null => {
  const stages = [...new Set(moments.flatMap(({ rates }) => Object.keys(rates)))];
  if (moments.length < 3 || stages.length === 0) return null;
  const pauses = pausesIn(moments);
  return {
    title: 'How it went: records a second, and pauses of endpoints',
    says: [
      ...stages.map((stage) => {
        const rates = moments.map(({ rates }) => rates[stage] ?? 0);
        return `${stage}: up to ${Math.max(...rates).toFixed(1)} a second`;
      }),
      ...pauses.map(({ who, from, to }) => `${who} let nothing through from ${whole(from)} s to ${whole(to)} s`),
    ].join('; '),
    spec: {
      layer: [
        ...(pauses.length > 0 ? [shaded(pauses)] : []),
        {
          data: {
            values: moments.flatMap(({ seconds, rates }) =>
              stages.map((stage) => ({ seconds, stage, rate: rates[stage] ?? 0 })),
            ),
          },
          mark: { type: 'line' },
          encoding: {
            x: { field: 'seconds', type: 'quantitative', title: 'seconds' },
            y: { field: 'rate', type: 'quantitative', title: 'records a second' },
            color: { field: 'stage', sort: null, scale: { domain: stages, range: shades(stages.length) } },
            strokeDash: { field: 'stage', sort: null, scale: { domain: stages, range: dashes } },
          },
        },
      ],
    },
  };
};

const shaded = (pauses: readonly Pause[]) =>
  ({
    data: { values: [...pauses] },
    mark: { type: 'rect', color: ink.warm, opacity: 0.25 },
    encoding: { x: { field: 'from', type: 'quantitative' }, x2: { field: 'to' } },
  }) as const;

interface Pause {
  readonly who: string;
  readonly from: number;
  to: number;
}

/** From the moment before the first that saw it until the last that did. */
const pausesIn = (moments: readonly Moment[]): readonly Pause[] => {
  const found: Pause[] = [];
  const open = new Map<string, Pause>();
  for (const [index, { seconds, paused }] of moments.entries()) {
    for (const who of open.keys()) if (!paused.includes(who)) open.delete(who);
    for (const who of paused) {
      const pause = open.get(who) ?? { who, from: moments[index - 1]?.seconds ?? 0, to: seconds };
      pause.to = seconds;
      if (!open.has(who)) found.push(pause);
      open.set(who, pause);
    }
  }
  return found;
};

/** Told apart by dashes too, for whoever does not see the colours. */
const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 4], [12, 4]];
const shades = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => [ink.accent, ink.strong, ink.quiet, ink.warm][index % 4] as string);
