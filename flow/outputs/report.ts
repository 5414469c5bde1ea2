import type { Cost } from '../../llm/money/prices.ts';
import { levelIn, ofLevel, ofQueue } from '../../processors/sampling/places.ts';
import type { SamplerState } from '../../processors/sampling/state.ts';
import { withoutParts } from '../../processors/sampling/target.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import { topics } from '../../topologies/topics.ts';
import type { Accepts } from '../intake/data-sets.ts';
import { type Quality, qualityCounter } from '../quality/quality.ts';
import { backlogOf, READ_UP_TO } from '../status/backlog.ts';
import { codesOf, isProblemsEnd, type Letters, lettersOf } from '../status/letters/letters.ts';
import { type PartCounts, partCounts } from '../status/parts.ts';
import { type Counter, passOver } from '../status/pass-over.ts';
import { reconciler } from '../status/reconcile.ts';
import { samplerState } from '../status/sampler-state.ts';
import { unreadReader } from '../status/unread.ts';
import { readable, scanStored } from '../store/scan.ts';
import type { ModelUsage } from '../wiring/usage/usage.ts';

/** How the stages came to their end; `budget`: the money ended before the target was full. */
export type FlowEnd = 'complete' | 'stopped' | 'budget';

export type Stopped = 'target' | 'drained' | 'budget' | 'interrupted';

/** `out/report.json`: what became of every problem. `states` sums to `problems`. */
export interface Report {
  readonly run: string;
  readonly problems: number;
  readonly graded: { readonly right: number; readonly wrong: number; readonly unverifiable: number };
  readonly levels: Readonly<Record<string, number>>;
  readonly target: { readonly records: number | null; readonly share: Readonly<Record<string, number>> };
  readonly admitted: Readonly<Record<string, number>>;
  readonly emitted: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  readonly parked: Readonly<Record<string, number>>;
  readonly shortfall: Readonly<Record<string, number>>;
  /** Of a mixture: its parts, each with its levels; left out where the target has none. */
  readonly parts?: Readonly<Record<string, PartCounts>>;
  readonly stopped: Stopped;
  readonly states: Readonly<Record<'emitted' | 'rejected' | 'unverifiable' | 'parked' | 'dead' | 'unread', number>>;
  readonly deadLetters: Readonly<Record<string, number>>;
  /** Problems of its data sets that are left out, since they give an evaluation away. */
  readonly contaminated: number;
  readonly models: Readonly<Record<string, ModelUsage>>;
  /** What counts against the ceilings, as the ledger has it; left out where there is no budget. */
  readonly budget?: Cost;
  /** What the data are like. */
  readonly quality: Quality;
  readonly seconds: number;
  /** Where the topics do not hold what was counted, in words; left out where they do. The run has failed then. */
  readonly differences?: readonly string[];
  readonly simulated?: true;
}

export interface ReportSettings {
  readonly transport: Transport;
  readonly run: string;
  readonly accepts: Accepts;
  readonly leftOut: Accepts | null;
  readonly end: FlowEnd;
  readonly models: Readonly<Record<string, ModelUsage>>;
  readonly spent?: Cost | null;
  readonly seconds: number;
}

/** Counts what the topics and the sampler's store say. */
export const makeReport = async (settings: ReportSettings): Promise<Report> => {
  const { transport, run } = settings;
  const state = await samplerState(transport);
  const letters = await lettersOf(transport, run);
  const { countedAgain } = letters;
  const parts = partCounts(state);
  const ends = endsCounter();
  const quality = await qualityCounter(transport);
  const { counter, differences: differing } = reconciler();
  await passOver(transport, [counter, quality.counter, ends.counter]);
  const { rejected, unverifiable, simulated } = ends.now();
  const emitted = total(state.emitted);
  const stopped = stoppedBy(state, settings.end);
  const states = {
    emitted,
    rejected: total(rejected),
    unverifiable,
    parked: total(state.parked) + total(state.open),
    dead: letters.standing.filter(isProblemsEnd).length,
    unread:
      (await unreadReader({ ...settings, exactUpTo: Number.POSITIVE_INFINITY })()).count + (await underWay(transport)),
  };
  // Where others go on with the run, what is read is of different moments.
  const differences = settings.end === 'stopped' ? [] : differing(states);
  return {
    run,
    problems: total(states),
    graded: gradedOf(state, countedAgain, unverifiable),
    levels: byLevel((level) => ofLevel(state.levels, level) - countedAgain.filter((one) => one.level === level).length),
    target: targetOf(state),
    admitted: byLevel(
      (level) => ofLevel(state.emitted, level) + ofLevel(state.failed, level) + ofLevel(state.open, level),
    ),
    emitted: byLevel((level) => ofLevel(state.emitted, level)),
    rejected,
    parked: byLevel((level) => ofLevel(state.parked, level)),
    shortfall: shortfallOf(state),
    ...(parts && { parts }),
    stopped,
    states,
    deadLetters: codesOf(letters),
    contaminated: settings.leftOut ? await leftOutOf(transport, settings.leftOut) : 0,
    models: settings.models,
    ...(settings.spent && { budget: settings.spent }),
    quality: await quality.now({ drained: stopped === 'drained' || isEndOfPart(state, settings.end), languages: true }),
    seconds: Math.round(settings.seconds * 10) / 10,
    ...(differences.length > 0 && { differences }),
    ...(simulated && { simulated: true as const }),
  };
};

const byLevel = (number: (level: string) => number): Record<string, number> =>
  Object.fromEntries(levels.map((level) => [level, number(level)]));

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

/** Problems, not arrivals: one that was put back has come twice. */
const gradedOf = (state: SamplerState, again: Letters['countedAgain'], unverifiable: number): Report['graded'] => {
  const right = state.right - again.filter((one) => one.right).length;
  return { right, wrong: state.arrivals - again.length - right, unverifiable };
};

const targetOf = ({ target }: SamplerState): Report['target'] => ({
  records: target?.records ?? null,
  share: Object.fromEntries((target ? withoutParts(target).queues : []).map(({ queue, share }) => [queue, share])),
});

/** By level, over all parts: what one has too many of makes up for nothing that another lacks. */
const shortfallOf = ({ target, emitted }: SamplerState): Record<string, number> => {
  const short: Record<string, number> = {};
  for (const { queue, quota } of target?.records ? target.queues : []) {
    const missing = quota - ofQueue(emitted, queue);
    if (missing > 0) short[levelIn(queue)] = (short[levelIn(queue)] ?? 0) + missing;
  }
  return short;
};

const stoppedBy = (state: SamplerState, end: FlowEnd): Stopped => {
  if (end === 'stopped') return 'interrupted';
  if (end === 'budget' || state.halted === 'budget') return 'budget';
  const full = state.target?.records != null && total(state.emitted) >= state.target.records;
  if (full) return 'target';
  return isEndOfPart(state, end) ? 'budget' : 'drained';
};

/** Everything was done but for a part whose money had ended. */
const isEndOfPart = ({ halted, spent }: SamplerState, end: FlowEnd): boolean =>
  end === 'complete' && halted !== 'budget' && spent.length > 0;

/** Problems between two stages: none at an end, some where a run was interrupted. They come again at the next start. */
const underWay = async (transport: Transport): Promise<number> =>
  (await backlogOf(transport, 'score', topics.graded.name, READ_UP_TO)) +
  (await backlogOf(transport, 'level', topics.scored.name, READ_UP_TO)) +
  (await backlogOf(transport, 'sample', topics.levelled.name, READ_UP_TO));

const leftOutOf = async (transport: Transport, leftOut: Accepts): Promise<number> => {
  const { name } = topics.problems;
  const ids = new Set<string>();
  for (const partition of (await transport.ends(name)).keys()) {
    for await (const stored of scanStored(transport, name, partition, 0)) {
      const problem = readable(topics.problems, stored);
      if (problem && leftOut(problem, stored.headers)) ids.add(stored.key);
    }
  }
  return ids.size;
};

/** What became of those that were not emitted, and whether simulated models had a part in any. */
const endsCounter = () => {
  const rejected: Record<string, number> = {};
  let unverifiable = 0;
  let simulated = false;
  const counter: Counter = {
    cot: (record) => {
      simulated ||= record.simulated;
    },
    rejected: (record) => {
      rejected[record.reason] = (rejected[record.reason] ?? 0) + 1;
      simulated ||= record.simulated;
    },
    unverifiable: () => {
      unverifiable++;
    },
  };
  return { counter, now: () => ({ rejected, unverifiable, simulated }) };
};
