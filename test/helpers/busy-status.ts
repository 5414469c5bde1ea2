import type { Counts, LevelCounts } from '../../flow/status/counts.ts';
import type { EndpointNote } from '../../flow/status/notes/live-note.ts';
import { type Status, statusOf } from '../../flow/status/status.ts';
import type { ModelUsage } from '../../flow/wiring/usage/usage.ts';
import { noLatency } from '../../llm/endpoint/workload.ts';

/** A run in the middle of everything: a teacher that is paused, a level that is closed, dead letters, cut answers. */
export const busyStatus = (): Status =>
  statusOf({
    run: 'gsm8k-small',
    counts,
    note: {
      ...{ phase: 'running', seconds: 4211, etaSeconds: 7384 },
      stages: [
        { stage: 'grade', done: 13_120, inHand: 61, oldestSeconds: null, dead: 3, perSecond: 114.2 },
        { stage: 'score', done: 12_990, inHand: 15, oldestSeconds: null, dead: 0, perSecond: 98 },
        { stage: 'level', done: 12_975, inHand: 0, oldestSeconds: null, dead: 0, perSecond: 97.4 },
        { stage: 'sample', done: 13_871, inHand: 0, oldestSeconds: null, dead: 0, perSecond: 103 },
        { stage: 'generate', done: 896, inHand: 20, oldestSeconds: null, dead: 1, perSecond: 0.8 },
      ],
      endpoints: [
        endpoint({ role: 'student', model: 'qwen2.5-7b-instruct', inFlight: 61, tokensPerSecond: 41_230 }),
        endpoint({ role: 'scorer', model: 'qwen2.5-math-prm-7b', inFlight: 15, waiting: 4, limit: 16, faults: 2 }),
        endpoint({ role: 'teacher', model: 'deepseek-r1', member: 'gpu-1:8000', inFlight: 20, tokensPerSecond: 812 }),
        endpoint({
          ...{ role: 'teacher', model: 'deepseek-r1', member: 'gpu-2:8000', phase: 'paused', faults: 41 },
          ...{ why: 'answered 503: overloaded', resumesIn: 12_300 },
        }),
      ],
    },
    usage: {
      student: usage({ requests: 13_181, promptTokens: 1_804_772, completionTokens: 5_120_400, journalHits: 1 }),
      teacher: usage({ requests: 1204, promptTokens: 190_012, completionTokens: 4_412_080, cost: 9.6613 }),
    },
    budget: { cost: 25 },
  });

const endpoint = (change: Partial<EndpointNote>): EndpointNote => ({
  ...{ role: 'student', baseUrl: 'http://127.0.0.1', model: 'm', member: null, notes: [] },
  ...{ phase: 'open', why: null, limit: 64, inFlight: 0, waiting: 0, resumesIn: null, retrying: 0, fault: null },
  ...{ sent: 0, answered: 0, faults: 0, oldestSeconds: change.inFlight ? 3 * change.inFlight : null },
  ...{ tokensPerSecond: 0, ended: {}, statuses: {}, latency: noLatency, ...change },
});

const usage = (change: Partial<ModelUsage>): ModelUsage => ({
  ...{ requests: 0, promptTokens: 0, completionTokens: 0, cachedTokens: 0, reasoningTokens: 0 },
  ...{ cost: 0, journalHits: 0, recorded: 0, ...change },
});

const level = (emitted: number, quota: number, change: Partial<LevelCounts> = {}): LevelCounts => ({
  ...{ problems: 3 * quota, share: quota / 2000, quota, parked: 0, teaching: 0, emitted, failed: 0, closed: false },
  ...change,
});

const counts: Counts = {
  problems: 20_000,
  states: {
    ...{ unread: 6816, scoring: 130, levelling: 15, sampling: 0, teaching: 20, emitted: 841, rejected: 54 },
    ...{ unverifiable: 7, parked: 12_113, dead: 4 },
  },
  unreadIsExact: false,
  levels: {
    easy: level(500, 500, { parked: 7011, problems: 7511 }),
    level_5: level(200, 500, { parked: 3007, teaching: 3 }),
    level_4: level(101, 400, { parked: 1533, teaching: 6 }),
    level_3: level(40, 300, { parked: 562, teaching: 11 }),
    level_2: level(0, 200),
    level_1: level(0, 100, { closed: true, failed: 50 }),
  },
  target: { records: 2000, emitted: 841, admit: 'streaming', natural: false, intake: true, halted: null },
  answers: { attempts: 13_100, truncated: 1702, empty: 4 },
  scores: [0, 0, 4, 12, 40, 90, 180, 260, 300, 420, 500, 610, 700, 812, 640, 400, 210, 80, 20, 3],
  deadLetters: { 'request-too-large': 3, 'not-avro': 1 },
};
