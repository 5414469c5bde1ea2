import type { Transport } from '../../runtime/transport.ts';
import { evaluationTopics } from '../../topologies/topics.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { scanPartition } from '../store/scan.ts';
import { attachEvaluated } from './attach-evaluated.ts';
import { differenceInterval, type Interval, mean, signFlip } from './intervals.ts';

/** What changed from an earlier evaluation to this one, over the problems of both. */
export interface EvaluationChange {
  readonly run: string;
  readonly common: number;
  /** pass@1 on the common problems. */
  readonly before: number;
  readonly now: number;
  /** 95 %, of now − before: paired. */
  readonly interval: Interval;
  /** Problems whose share of right attempts rose, and those where it fell. */
  readonly gained: number;
  readonly lost: number;
  /** How likely so uneven a change is if nothing has changed: exact, paired; with one attempt each McNemar's. */
  readonly p: number;
}

/** Problem by problem against the evaluation of another run in the same store: before and after training. */
export const changesBetween = async (
  settings: Settings,
  run: string,
  transport: Transport,
): Promise<EvaluationChange> => {
  const earlier = await attachEvaluated(settings, run);
  try {
    const pairs: Pair[] = [];
    for (const partition of (await transport.ends(evaluationTopics.levelled.name)).keys()) {
      const then = await ratesIn(earlier, partition);
      for (const [id, now] of await ratesIn(transport, partition)) {
        const before = then.get(id);
        if (before !== undefined) pairs.push({ before, now });
      }
    }
    if (pairs.length === 0)
      throw new SettingsError(`--against ${run}: has no evaluated problem in common with this run`);
    return { run, ...changeOf(pairs) };
  } finally {
    await earlier.close();
  }
};

/** Of the attempts at one problem. */
interface Rate {
  readonly right: number;
  readonly attempts: number;
}

interface Pair {
  readonly before: Rate;
  readonly now: Rate;
}

const shareOf = ({ right, attempts }: Rate): number => right / attempts;

/** Above, shares are rounded to this part: no two evaluations have so many attempts that it would show. */
const MOST_PARTS = 10_000;

const changeOf = (pairs: readonly Pair[]): Omit<EvaluationChange, 'run'> => {
  const counts = new Set(pairs.flatMap(({ before, now }) => [before.attempts, now.attempts]));
  const parts = Math.min(MOST_PARTS, [...counts].reduce(leastCommon));
  const changes = pairs.map(({ before, now }) => shareOf(now) - shareOf(before));
  const differences = changes.map((change) => Math.round(change * parts));
  return {
    common: pairs.length,
    before: mean(pairs.map(({ before }) => shareOf(before))),
    now: mean(pairs.map(({ now }) => shareOf(now))),
    interval: differenceInterval({
      pairs: pairs.length,
      sum: changes.reduce((sum, change) => sum + change, 0),
      sumOfSquares: changes.reduce((sum, change) => sum + change ** 2, 0),
    }),
    gained: differences.filter((one) => one > 0).length,
    lost: differences.filter((one) => one < 0).length,
    p: signFlip(differences),
  };
};

const leastCommon = (one: number, other: number): number => (one / greatestCommon(one, other)) * other;
const greatestCommon = (one: number, other: number): number => (other === 0 ? one : greatestCommon(other, one % other));

const ratesIn = async (transport: Transport, partition: number): Promise<Map<string, Rate>> => {
  const found = new Map<string, Rate>();
  for await (const { stored, record } of scanPartition(transport, evaluationTopics.levelled, partition)) {
    const { right, attempts } = record.grade;
    found.set(stored.key, { right, attempts });
  }
  return found;
};
