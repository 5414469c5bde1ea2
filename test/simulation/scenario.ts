import { curriculumWeights, type TargetSettings } from '../../processors/target.ts';
import { type Chance, chanceOf } from './chance.ts';

/** Something that happens to the processes at a moment, or before or after one of their operations. */
export type Disturbance =
  /** `kill -9`; `operation` is counted over all calls to the transport, `effect` says whether it still took place. */
  | { readonly kind: 'kill at'; readonly at: number; readonly process: number }
  | { readonly kind: 'kill in'; readonly operation: number; readonly effect: boolean }
  /** SIGTERM. */
  | { readonly kind: 'stop'; readonly at: number; readonly process: number }
  /** The partitions change hands; a zombie hears of it so much later. */
  | { readonly kind: 'rebalance'; readonly at: number; readonly zombieFor: number }
  | { readonly kind: 'clock'; readonly at: number; readonly by: number }
  | { readonly kind: 'look'; readonly at: number };

/** Everything that a seed decides before the world begins. */
export interface Scenario {
  readonly seed: number;
  readonly chance: Chance;
  readonly partitions: number;
  readonly problems: number;
  /** How many processes work on the run at once; with one, its ledger is its own. */
  readonly processes: number;
  readonly concurrency: number;
  readonly samples: number;
  readonly race: number;
  readonly raises: boolean;
  readonly target: TargetSettings;
  /** Tokens that the whole run may take; null: no ceiling. */
  readonly ceiling: number | null;
  /** The body asks for more tokens than `maxTokens` says. */
  readonly asksForMore: boolean;
  /** Up to when the student refuses everything: a wrong setting, mended when the run has stopped. */
  readonly refusesAtFirst: boolean;
  /** The server says that it wrote nothing, whatever it wrote. */
  readonly countsBadly: boolean;
  /** Some calls take minutes. */
  readonly thinks: boolean;
  /** Share of attempts that meet a passing fault. */
  readonly faulty: number;
  readonly maxMetadataBytes: number;
  readonly disturbances: readonly Disturbance[];
}

const MINUTE = 60_000;

export const scenarioOf = (seed: number): Scenario => {
  const chance = chanceOf(seed);
  const { share, between, oneOf } = chance;
  const samples = between(1, 4, 'samples');
  const problems = between(3, 24, 'problems');
  const processes = between(1, 3, 'processes');
  const bounded = share('bounded') < 0.8;
  const hasCeiling = share('ceiling') < 0.35;
  const quick = share('quick') < 0.8;
  return {
    seed,
    chance,
    partitions: between(1, 3, 'partitions'),
    problems,
    processes,
    concurrency: between(1, 12, 'concurrency'),
    samples,
    race: between(1, samples, 'race'),
    raises: share('raises') < 0.6,
    target: {
      records: bounded ? between(1, 2 * problems, 'records') : null,
      weights: share('natural') < 0.2 ? 'natural' : curriculumWeights,
      admit: bounded && share('admit') < 0.7 ? 'after-grading' : 'streaming',
      onShortfall: oneOf(['report', 'redistribute'] as const, 'shortfall'),
      seed: between(1, 9, 'order'),
    },
    ceiling: hasCeiling ? between(1500, 40_000, 'tokens') : null,
    asksForMore: share('asks') < 0.5,
    refusesAtFirst: share('refuses') < 0.15,
    thinks: share('thinks') < (hasCeiling ? 0.6 : 0.15),
    countsBadly: share('counts') < 0.3,
    faulty: oneOf([0, 0, 0.05, 0.2], 'faulty'),
    maxMetadataBytes: oneOf([40, 200, 4000], 'metadata'),
    disturbances: Array.from({ length: between(0, 9, 'disturbances') }, (_, index) =>
      disturbanceOf(chance, index, quick ? MINUTE / 6 : 12 * MINUTE),
    ),
  };
};

const disturbanceOf = ({ share, between, oneOf }: Chance, index: number, span: number): Disturbance => {
  const at = between(1, span, 'at', index);
  const process = between(0, 2, 'whom', index);
  const kind = oneOf(['kill in', 'kill in', 'kill at', 'stop', 'rebalance', 'clock', 'look', 'look'], 'kind', index);
  switch (kind) {
    case 'kill in':
      return { kind, operation: between(1, 400, 'operation', index), effect: share('effect', index) < 0.5 };
    case 'kill at':
    case 'stop':
      return { kind, at, process };
    case 'rebalance':
      return { kind, at, zombieFor: oneOf([0, 500, 40_000], 'zombie', index) };
    case 'clock':
      return { kind, at, by: oneOf([-3_600_000, 3_600_000, -86_400_000], 'step', index) };
    default:
      return { kind: 'look', at };
  }
};
