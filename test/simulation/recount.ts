import type { State } from '../../flow/status/counts.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { Outcome } from '../../schemas/types.ts';
import type { Cluster } from './world/cluster.ts';

/** Where a problem is; what the sampler has still to hear of is parked. */
export type Place = Exclude<State, 'sampling'>;

/** Where each problem is by the topics alone, read as a whole each time: what the sampler has counted has no part in it. */
export const recount = (cluster: Cluster, ids: readonly string[]): Map<string, Place> => {
  const keys = (topic: string) => new Set(cluster.records(topic).map(({ key }) => key));
  const dead = keys('dead-letter');
  const [unverifiable, levelled, scored, graded] = [
    keys('unverifiable'),
    keys('levelled'),
    keys('scored'),
    keys('graded'),
  ];
  const admissions = new Map<string, number>();
  for (const { key, value } of cluster.records('admitted'))
    if (!codecs.admitted.decode(value).ahead) admissions.set(key, (admissions.get(key) ?? 0) + 1);
  const outcomes = Map.groupBy(
    cluster.records('outcomes').map(({ value }): Outcome => codecs.outcome.decode(value)),
    ({ id }) => id,
  );
  const taught = (id: string): Place | undefined => {
    const heard = outcomes.get(id) ?? [];
    if ((admissions.get(id) ?? 0) > heard.length) return 'teaching';
    const became = heard.map((one) => one.became).find((one) => one !== 'returned' && one !== 'unaffordable');
    return became === undefined ? undefined : became;
  };
  const placeOf = (id: string): Place => {
    if (dead.has(id)) return 'dead';
    if (unverifiable.has(id)) return 'unverifiable';
    return (
      taught(id) ?? (levelled.has(id) ? 'parked' : scored.has(id) ? 'levelling' : graded.has(id) ? 'scoring' : 'unread')
    );
  };
  return new Map(ids.map((id) => [id, placeOf(id)]));
};
