import { count } from '../../processors/counts.ts';
import { initialState, type SamplerState } from '../../processors/sample.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Problem } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import type { ModelUsage } from '../wire/usage.ts';
import { scan, scanStored } from './scan.ts';

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
  readonly stopped: Stopped;
  readonly states: Readonly<Record<'emitted' | 'rejected' | 'unverifiable' | 'parked' | 'dead' | 'unread', number>>;
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly models: Readonly<Record<string, ModelUsage>>;
  readonly seconds: number;
  readonly simulated?: true;
}

export interface ReportSettings {
  readonly transport: Transport;
  readonly run: string;
  readonly accepts: (problem: Problem) => boolean;
  readonly interrupted: boolean;
  readonly models: Readonly<Record<string, ModelUsage>>;
  readonly seconds: number;
}

/** Counts what the topics and the sampler's store say. */
export const makeReport = async (settings: ReportSettings): Promise<Report> => {
  const { transport, run } = settings;
  const state = await samplerState(transport);
  const { keys: dead, codes: deadLetters } = await deadOf(transport, run);
  const { reasons: rejected, simulated } = await rejectedOf(transport);
  const unverifiable = await countOf(transport, topics.unverifiable.name);
  const emitted = total(state.emittedLevels);
  const states = {
    emitted,
    rejected: total(rejected),
    unverifiable,
    parked: total(state.parked) + total(state.open),
    dead: dead.size,
    unread: await unreadOf(settings, dead),
  };
  return {
    run,
    problems: total(states),
    graded: { right: state.right, wrong: state.arrivals - state.right, unverifiable },
    levels: byLevel((level) => count(state.levels, level)),
    target: targetOf(state),
    admitted: byLevel(
      (level) => count(state.emittedLevels, level) + count(state.failedLevels, level) + count(state.open, level),
    ),
    emitted: byLevel((level) => count(state.emittedLevels, level)),
    rejected,
    parked: state.target?.natural
      ? { all: count(state.parked, 'all') }
      : byLevel((level) => count(state.parked, level)),
    shortfall: shortfallOf(state),
    stopped: stoppedBy(state, settings.interrupted),
    states,
    deadLetters,
    models: settings.models,
    seconds: Math.round(settings.seconds * 10) / 10,
    ...(simulated || (await isSimulated(transport)) ? { simulated: true as const } : {}),
  };
};

/** What the sampler has counted, as of its last commit. */
export const samplerState = async (transport: Transport): Promise<SamplerState> => {
  const stored = (await transport.store('sample', 0)).get('state');
  return stored ? { ...initialState, ...JSON.parse(Buffer.from(stored).toString()).state } : initialState;
};

const byLevel = (number: (level: string) => number): Record<string, number> =>
  Object.fromEntries(levels.map((level) => [level, number(level)]));

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

const targetOf = ({ target }: SamplerState): Report['target'] => ({
  records: target?.records ?? null,
  share: Object.fromEntries((target?.queues ?? []).map(({ queue, share }) => [queue, share])),
});

const shortfallOf = ({ target, emitted }: SamplerState): Record<string, number> =>
  Object.fromEntries(
    (target?.records ? target.queues : [])
      .map(({ queue, quota }) => [queue, quota - count(emitted, queue)] as const)
      .filter(([, short]) => short > 0),
  );

const stoppedBy = (state: SamplerState, interrupted: boolean): Stopped => {
  if (interrupted) return 'interrupted';
  if (state.halted === 'budget') return 'budget';
  const full = state.target?.records != null && total(state.emitted) >= state.target.records;
  return full ? 'target' : 'drained';
};

const countOf = async (transport: Transport, topic: string): Promise<number> => {
  let found = 0;
  for await (const _ of scanStored(transport, topic)) found++;
  return found;
};

const rejectedOf = async (transport: Transport) => {
  const reasons: Record<string, number> = {};
  let simulated = false;
  for await (const { record } of scan(transport, topics.rejected)) {
    reasons[record.reason] = (reasons[record.reason] ?? 0) + 1;
    simulated ||= record.simulated;
  }
  return { reasons, simulated };
};

const isSimulated = async (transport: Transport): Promise<boolean> => {
  for await (const { record } of scan(transport, topics.cot)) return record.simulated;
  return false;
};

/** Letters about a problem that is in no other state, by problem; and all letters of the run, by code. */
const deadOf = async (transport: Transport, run: string) => {
  const keys = new Set<string>();
  const codes: Record<string, number> = {};
  for await (const { stored, record } of scan(transport, topics.deadLetters)) {
    if (record.run !== run) continue;
    codes[record.code] = (codes[record.code] ?? 0) + 1;
    if (record.stage !== 'ingest' && !record.stage.startsWith('evaluate-') && !stored.key.includes('/'))
      keys.add(stored.key);
  }
  return { keys, codes };
};

/** Problems behind what the first stage has taken: only there can one be that nobody has read. */
const unreadOf = async ({ transport, accepts }: ReportSettings, dead: ReadonlySet<string>): Promise<number> => {
  const positions = await transport.positions('grade');
  const seen = new Set<string>();
  const from = (partition: number) => positions.find((one) => one.partition === partition)?.offset ?? 0;
  for await (const stored of scanStored(transport, topics.problems.name, from)) {
    if (seen.has(stored.key) || dead.has(stored.key)) continue;
    if (!accepts(topics.problems.codec.decode(stored.value))) continue;
    if ((await transport.store('grade', stored.partition)).get(`seen/${stored.key}`)) continue;
    seen.add(stored.key);
  }
  return seen.size;
};
