import { curriculumWeights, type TargetSettings } from '../../../processors/sampling/target.ts';
import type { KafkaScenario } from '../kafka/cluster.ts';
import { type Chance, chanceOf } from './chance.ts';

/** Something that happens to the processes at a moment, or before or after one of their operations. */
export type Disturbance =
  /**
   * `kill -9`; `operation` is counted over all calls to the transport, over all commits, or over all answers that go into
   * the journal; `effect` says whether it still took place.
   */
  | { readonly kind: 'kill at'; readonly at: number; readonly process: number }
  | { readonly kind: 'kill in'; readonly of: Operation; readonly operation: number; readonly effect: boolean }
  /** SIGTERM. */
  | { readonly kind: 'stop'; readonly at: number; readonly process: number }
  /** The partitions change hands; a zombie hears of it so much later. */
  | { readonly kind: 'rebalance'; readonly at: number; readonly zombieFor: number }
  | { readonly kind: 'clock'; readonly at: number; readonly by: number }
  | { readonly kind: 'look'; readonly at: number }
  /** `kill -9`, and the process begins again on another machine. */
  | { readonly kind: 'lose disk'; readonly at: number; readonly process: number }
  | { readonly kind: 'broker'; readonly at: number; readonly node: number; readonly milliseconds: number }
  | { readonly kind: 'compact'; readonly at: number };

/** What a process asks of the cluster, as far as a kill has to tell. */
export type Operation = 'any' | 'commit' | 'answer';

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
  /** How many of those that are next in turn the teacher may be told of. */
  readonly ahead: number;
  /** Tokens that the whole run may take; null: no ceiling. */
  readonly ceiling: number | null;
  /** The body asks for more tokens than `maxTokens` says. */
  readonly asksForMore: boolean;
  /** Up to when the student refuses everything: a wrong setting, mended when the run has stopped. */
  readonly refusesAtFirst: boolean;
  /** The server says that it wrote nothing, whatever it wrote. */
  readonly countsBadly: boolean;
  /** Share of the teacher's answers that are cut off. */
  readonly cut: number;
  /** The same of those that were given more room. */
  readonly cutAgain: number;
  /** Share of the calls that take minutes. */
  readonly thinks: number;
  /** How many times as long as usual the others take. */
  readonly latency: number;
  /** Share of attempts that meet a passing fault. */
  readonly faulty: number;
  /** After which a call that says nothing is given up. */
  readonly idleTimeoutSeconds: number;
  readonly maxMetadataBytes: number;
  readonly disturbances: readonly Disturbance[];
  /** Under the real Kafka transport; null: over a transport of the simulation's own. */
  readonly kafka: KafkaScenario | null;
}

const MINUTE = 60_000;

export const scenarioOf = (seed: number): Scenario => {
  const whole = anyScenarioOf(seed);
  const { between, share, oneOf } = whole.chance;
  switch (aims[seed % aims.length]) {
    case 'crashes': {
      const samples = between(3, 4, 'more samples');
      // Between an answer and what rests on it, while those asked beside it are still thinking.
      const disturbances = Array.from({ length: between(1, 6, 'crashes') }, (_, index) => {
        const of = oneOf(['commit', 'answer', 'answer'] as const, 'crash of', index);
        const most = of === 'commit' ? 60 : 5 * whole.problems;
        const effect = share('crash effect', index) < (of === 'commit' ? 0.5 : 0.8);
        return { kind: 'kill in' as const, of, operation: between(1, most, 'crash', index), effect };
      });
      const thinks = oneOf([0.1, 0.5, 0.5], 'crash thinks');
      return {
        ...whole,
        ...{ samples, race: samples, thinks, raises: true, cut: 0.6, cutAgain: 0.1 },
        // Whoever comes back gets his own work back, more often than not.
        processes: oneOf([1, 1, whole.processes], 'crash processes'),
        ...{ ceiling: null, refusesAtFirst: false, disturbances },
      };
    }
    case 'money':
      return share('patience') < 0.5
        ? withPatience(whole)
        : {
            ...whole,
            ...{ processes: between(2, 3, 'more processes'), concurrency: between(4, 12, 'more at once'), thinks: 0.3 },
            ...{ ceiling: whole.problems * between(150, 700, 'tokens a problem'), faulty: whole.faulty || 0.1 },
            disturbances: whole.disturbances.filter(({ kind }) => kind === 'clock' || kind === 'look'),
          };
    default:
      return whole;
  }
};

/** Processes that say nothing for minutes, because all their calls think, when the money nearly ends. */
const withPatience = (scenario: Scenario): Scenario => {
  const { between } = scenario.chance;
  const problems = between(2, 6, 'patient problems');
  return {
    ...scenario,
    ...{ problems, processes: between(2, 3, 'patient'), partitions: between(2, 3, 'patient partitions') },
    ...{ concurrency: between(1, 2, 'patient calls'), thinks: 0.7, refusesAtFirst: false, asksForMore: true },
    // Longer than any of them thinks.
    idleTimeoutSeconds: 1000,
    ceiling: 1100 + problems * between(100, 900, 'tokens a patient problem'),
    disturbances: scenario.disturbances.filter(({ kind }) => kind === 'clock' || kind === 'look'),
  };
};

/** What seeds are after, by turns. */
const aims = ['anything', 'anything', 'anything', 'crashes', 'crashes', 'money', 'anything'] as const;

const anyScenarioOf = (seed: number): Scenario => {
  const chance = chanceOf(seed);
  const { share, between, oneOf } = chance;
  const samples = between(1, 4, 'samples');
  const problems = between(3, 24, 'problems');
  const processes = between(1, 3, 'processes');
  const bounded = share('bounded') < 0.8;
  const hasCeiling = share('ceiling') < 0.35;
  const cut = oneOf([0.3, 0.3, 0.6], 'cuts');
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
    ahead: bounded && share('who is next') < 0.25 ? between(1, 4, 'how far ahead') : 0,
    ceiling: hasCeiling ? between(1500, 40_000, 'tokens') : null,
    asksForMore: share('asks') < 0.5,
    refusesAtFirst: share('refuses') < 0.15,
    cut,
    cutAgain: cut,
    thinks: share('thinks') < (hasCeiling ? 0.6 : 0.15) ? 0.04 : 0,
    latency: 1,
    countsBadly: share('counts') < 0.3,
    faulty: oneOf([0, 0, 0.05, 0.2], 'faulty'),
    idleTimeoutSeconds: 120,
    maxMetadataBytes: oneOf([40, 200, 4000], 'metadata'),
    disturbances: Array.from({ length: between(0, 9, 'disturbances') }, (_, index) =>
      disturbanceOf(chance, index, quick ? MINUTE / 6 : 12 * MINUTE),
    ),
    kafka: null,
  };
};

/** A smaller run on a cluster of brokers, which have disturbances of their own. */
export const kafkaScenarioOf = (seed: number): Scenario => {
  const any = anyKafkaScenarioOf(seed);
  return seed % 24 === 7 ? withMoves(any) : any;
};

const anyKafkaScenarioOf = (seed: number): Scenario => {
  const whole = anyScenarioOf(seed);
  const { share, between, oneOf } = whole.chance;
  // Whoever looks is told late, while commits follow one another.
  const watched = share('watched') < 0.1;
  const problems = watched ? between(12, 20, 'watched problems') : between(2, 6, 'few problems');
  const { records } = whole.target;
  const slow = watched ? 0.01 : oneOf([0.01, 0.01, 0.1], 'slow network');
  return {
    ...whole,
    problems,
    ...(watched && { partitions: 1, concurrency: between(3, 8, 'watched at once') }),
    target: { ...whole.target, records: records === null ? null : between(1, 2 * problems, 'few records') },
    ceiling: share('rare ceiling') < 0.2 ? whole.ceiling : null,
    thinks: 0,
    // The first call that hangs is waited for fifteen times as long, while brokers are only asked how things are.
    idleTimeoutSeconds: 4,
    disturbances: Array.from({ length: between(0, 9, 'disturbances') }, (_, index) =>
      kafkaDisturbanceOf(whole.chance, index),
    ),
    kafka: {
      brokers: oneOf([1, 2, 3], 'brokers'),
      named: share('named') < 0.5,
      commitMilliseconds: watched ? 2 : oneOf([2, 20, 100], 'commit'),
      breaks: oneOf([0, 0, 0.002, 0.01], 'breaks'),
      slow,
      slowToAsk: watched ? 0.4 : slow,
      watched,
    },
  };
};

/** Partitions go from one to another and back while the clock jumps, and what is answered is committed late. */
const withMoves = (scenario: Scenario): Scenario => {
  const { between, oneOf } = scenario.chance;
  const moments = Array.from({ length: between(4, 8, 'moves') }, (_, index): Disturbance => {
    const at = between(2000, 60_000, 'move', index);
    const kind = oneOf(['clock', 'rebalance', 'rebalance', 'kill at'] as const, 'how', index);
    if (kind === 'clock') return { kind, at, by: -3_600_000 };
    if (kind === 'rebalance') return { kind, at, zombieFor: between(9000, 14_000, 'cut', index) };
    return { kind, at, process: between(0, 2, 'who', index) };
  });
  return {
    ...scenario,
    ...{ processes: between(2, 3, 'movers'), partitions: between(1, 3, 'moved'), problems: between(6, 9, 'more') },
    ...{ concurrency: between(2, 3, 'few at once'), ceiling: null, latency: 5, disturbances: moments },
    idleTimeoutSeconds: 15,
    kafka: scenario.kafka && { ...scenario.kafka, commitMilliseconds: 3000 },
  };
};

const kafkaDisturbanceOf = (chance: Chance, index: number): Disturbance => {
  const { between, oneOf } = chance;
  const span = 12_000;
  const at = between(1, span, 'at', index);
  const kinds = ['', '', 'look', 'clock', 'zombie', 'lose disk', 'broker', 'compact'] as const;
  const kind = oneOf(kinds, 'kind on brokers', index);
  switch (kind) {
    case 'look':
      return { kind, at };
    case 'clock':
      return { kind, at, by: -3_600_000 };
    case 'zombie':
      return { kind: 'rebalance', at, zombieFor: oneOf([2000, 15_000, 30_000], 'zombie', index) };
    case 'lose disk':
      return { kind, at, process: between(0, 2, 'whom', index) };
    case 'broker':
      return {
        kind,
        at,
        node: between(1, 3, 'node', index),
        milliseconds: oneOf([500, 10_000, 60_000], 'down', index),
      };
    case 'compact':
      return { kind, at };
    default:
      return disturbanceOf(chance, index, span);
  }
};

const disturbanceOf = (chance: Chance, index: number, span: number): Disturbance => {
  const { share, between, oneOf } = chance;
  const at = between(1, span, 'at', index);
  const process = between(0, 2, 'whom', index);
  const kind = oneOf(['kill in', 'kill in', 'kill at', 'stop', 'rebalance', 'clock', 'look', 'look'], 'kind', index);
  switch (kind) {
    case 'kill in':
      return { kind, of: 'any', operation: between(1, 400, 'operation', index), effect: share('effect', index) < 0.5 };
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
