import type { Transport } from '../../runtime/transport.ts';
import { evaluationTopics } from '../../topologies/topics.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { attach } from '../look/attach.ts';
import { mcnemar } from './intervals.ts';
import { scanPartition } from './scan.ts';

/** What changed from an earlier evaluation to this one, over the problems of both. */
export interface EvaluationChange {
  readonly run: string;
  readonly common: number;
  readonly before: number;
  readonly now: number;
  readonly gained: number;
  readonly lost: number;
  /** How likely so uneven a split is if nothing has changed (exact McNemar). */
  readonly p: number;
}

/** Problem by problem against the evaluation of another run in the same store: before and after training. */
export const changesBetween = async (
  loaded: LoadedConfig,
  run: string,
  transport: Transport,
): Promise<EvaluationChange> => {
  const earlier = await attach({ ...loaded, config: { ...loaded.config, run } });
  try {
    const counts = { common: 0, before: 0, now: 0, gained: 0, lost: 0 };
    for (const partition of (await transport.ends(evaluationTopics.levelled.name)).keys()) {
      const then = await rightIn(earlier, partition);
      for (const [id, right] of await rightIn(transport, partition)) {
        const was = then.get(id);
        if (was === undefined) continue;
        counts.common++;
        if (was) counts.before++;
        if (right) counts.now++;
        if (right && !was) counts.gained++;
        if (was && !right) counts.lost++;
      }
    }
    if (counts.common === 0) throw new UsageError(`--against ${run}: has no evaluated problem in common with this run`);
    return { run, ...counts, p: mcnemar(counts.gained, counts.lost) };
  } finally {
    await earlier.close();
  }
};

const rightIn = async (transport: Transport, partition: number): Promise<Map<string, boolean>> => {
  const found = new Map<string, boolean>();
  for await (const { stored, record } of scanPartition(transport, evaluationTopics.levelled, partition)) {
    found.set(stored.key, record.scored.graded.verdict === 'right');
  }
  return found;
};
