import { inFlowOrder } from '../stages.ts';
import type { StageNote, Work } from './live-note.ts';
import { mergeEndpoints } from './merge-endpoints.ts';

/** What the processes that work on a run know together; null where there is none. One alone is shown as it is. */
export const mergeNotes = (works: readonly Work[]): Work | null => {
  const [first, ...others] = works;
  if (first === undefined || others.length === 0) return first ?? null;
  const etas = works.flatMap(({ etaSeconds }) => etaSeconds ?? []);
  return {
    phase: works.some(({ phase }) => phase === 'running') ? 'running' : 'draining',
    seconds: Math.max(...works.map(({ seconds }) => seconds)),
    stages: mergeStages(works.flatMap(({ stages }) => stages)),
    endpoints: mergeEndpoints(works),
    etaSeconds: etas.length === 0 ? null : Math.min(...etas),
  };
};

const mergeStages = (notes: readonly StageNote[]): StageNote[] =>
  [...Map.groupBy(notes, ({ stage }) => stage)]
    .map(([stage, same]) => ({
      stage,
      inHand: sum(same, 'inHand'),
      oldestSeconds: oldest(same),
      done: sum(same, 'done'),
      dead: sum(same, 'dead'),
      perSecond: Math.round(10 * sum(same, 'perSecond')) / 10,
    }))
    .toSorted((a, b) => inFlowOrder(a.stage, b.stage));

const sum = (notes: readonly StageNote[], count: Exclude<keyof StageNote, 'stage' | 'oldestSeconds'>): number =>
  notes.reduce((total, one) => total + one[count], 0);

const oldest = (notes: readonly StageNote[]): number | null => {
  const ages = notes.flatMap(({ oldestSeconds }) => oldestSeconds ?? []);
  return ages.length === 0 ? null : Math.max(...ages);
};
