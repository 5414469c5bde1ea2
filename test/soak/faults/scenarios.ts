import { type FaultWorldSettings, some } from '../../helpers/fault-world.ts';
import type { Call } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { answerSums } from '../../helpers/plain-sums.ts';
import { lasting, type Spell } from './spell.ts';

export interface Scenario {
  /** What the endpoint does. */
  readonly name: string;
  readonly problems: number;
  readonly concurrency: number;
  readonly server: FaultWorldSettings['server'];
  readonly args?: readonly string[];
  /** Seconds from the first call on. */
  readonly spell?: { readonly from: number; readonly to: number };
  /** What comes of it is another outcome, and not that of a healthy endpoint. */
  readonly changesOutcome?: true;
}

/** Milliseconds; 64 at once are answered some 213 times a second. */
const latency = ({ number }: Call): number => 200 + ((number * 7919) % 200);

/** The server's own speed, but for a spell that begins so many seconds after its first call. */
const spelled = (from: number, to: number, speed: number): Pick<Scenario, 'spell' | 'server'> => {
  let first: number | undefined;
  const spellFrom = (origin: number): Spell => ({ from: origin + 1000 * from, to: origin + 1000 * to, speed });
  return {
    spell: { from, to },
    server: {
      latency: (call) => {
        first ??= call.arrived;
        return lasting(call.arrived, latency(call), spellFrom(first));
      },
    },
  };
};

const few = { problems: 2000, concurrency: 64 };
const many = { problems: 8000, concurrency: 64 };
const patience = ['student', 'scorer', 'teacher'].flatMap((role) => ['--set', `${role}.idleTimeoutSeconds=5`]);
const busy = { kind: 'status', status: 429 } as const;

export const scenarios: readonly Scenario[] = [
  { name: 'is well', ...few, server: { latency } },
  {
    name: 'answers a tenth with 500',
    ...few,
    server: { latency, fault: some(0.1, { kind: 'status', status: 500 }) },
  },
  {
    name: 'sheds above 64 in flight, of 256',
    ...many,
    concurrency: 256,
    server: { latency, fault: (_, inFlight) => (inFlight > 64 ? busy : undefined) },
  },
  {
    name: 'sheds above 64 in flight, with Retry-After',
    ...many,
    concurrency: 256,
    server: {
      latency,
      fault: (_, inFlight) => (inFlight > 64 ? { ...busy, headers: { 'retry-after': '1' } } : undefined),
    },
  },
  { name: 'stops answering for 20 s', ...many, ...spelled(6, 26, 0) },
  { name: 'stops answering for 20 s, given up after 5 s', ...many, ...spelled(6, 26, 0), args: patience },
  { name: 'slows tenfold for 10 s', ...many, ...spelled(6, 16, 0.1) },
  { name: 'sends 5 % malformed bodies', ...few, server: { latency, fault: some(0.05, { kind: 'malformed' }) } },
  { name: 'cuts 10 % of the bodies off', ...few, server: { latency, fault: some(0.1, { kind: 'cut-body' }) } },
  {
    name: 'ends 10 % of the answers at their length',
    ...few,
    changesOutcome: true,
    server: {
      latency,
      chat: (call) => ({
        ...answerSums(call),
        ...(hashShare(`cut ${call.text}`) < 0.1 && { finish: 'length' as const }),
      }),
    },
  },
  { name: 'resets 10 % of the connections', ...few, server: { latency, fault: some(0.1, { kind: 'reset' }) } },
];
