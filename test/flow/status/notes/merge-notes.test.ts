import { describe, expect, it } from 'vitest';
import type { EndpointNote, StageNote, Work } from '../../../../flow/status/notes/live-note.ts';
import { mergeNotes } from '../../../../flow/status/notes/merge-notes.ts';
import { idle } from './idle.ts';

const stage = (name: string, change: Partial<StageNote> = {}): StageNote => ({
  ...{ stage: name, inHand: 0, oldestSeconds: null, done: 0, dead: 0, perSecond: 0 },
  ...change,
});

const endpoint = (change: Partial<EndpointNote> = {}): EndpointNote => ({
  ...{
    role: 'student',
    baseUrl: 'http://127.0.0.1',
    model: 'm',
    ...idle,
  },
  ...{
    phase: 'open',
    why: null,
    limit: 64,
    inFlight: 0,
    waiting: 0,
    resumesIn: null,
    retrying: 0,
    fault: null,
    notes: [],
    member: null,
  },
  ...change,
});

const work = (change: Partial<Work> = {}): Work => ({
  ...{ phase: 'running', seconds: 10, stages: [], endpoints: [], etaSeconds: null },
  ...change,
});

/** Processes that all grade, each with its own view of the student. */
const grading = (...views: readonly Partial<EndpointNote>[]): EndpointNote[] =>
  mergeNotes(views.map((view) => work({ stages: [stage('grade')], endpoints: [endpoint(view)] })))!.endpoints.slice();

describe('what several processes know of a run', () => {
  it('is nothing where there is none, and shown as it is where there is one', () => {
    expect(mergeNotes([])).toBeNull();
    const only = work({ endpoints: [endpoint(), endpoint()] });
    expect(mergeNotes([only])).toBe(only);
  });

  it('has every stage once, in the flow’s order, with its numbers summed', () => {
    const merged = mergeNotes([
      work({ stages: [stage('sample', { done: 5 }), stage('generate', { inHand: 2 })] }),
      work({
        stages: [stage('grade', { inHand: 3, oldestSeconds: 2, done: 7, dead: 1, perSecond: 0.1 }), stage('score')],
      }),
      work({ stages: [stage('grade', { inHand: 4, oldestSeconds: 31, done: 2, dead: 1, perSecond: 0.2 })] }),
    ]);
    expect(merged?.stages).toEqual([
      stage('grade', { inHand: 7, oldestSeconds: 31, done: 9, dead: 2, perSecond: 0.3 }),
      stage('score'),
      stage('sample', { done: 5 }),
      stage('generate', { inHand: 2 }),
    ]);
  });

  it('lasts as long as the longest, and ends with the earliest that can say when', () => {
    const some = [work({ seconds: 4, etaSeconds: 30 }), work({ seconds: 9, etaSeconds: 20 }), work({ seconds: 1 })];
    expect(mergeNotes(some)).toMatchObject({ seconds: 9, etaSeconds: 20 });
    expect(mergeNotes([work(), work()])?.etaSeconds).toBeNull();
  });

  it('runs as long as one process runs', () => {
    const draining = work({ phase: 'draining' });
    expect(mergeNotes([draining, work()])?.phase).toBe('running');
    expect(mergeNotes([draining, draining])?.phase).toBe('draining');
  });
});

describe('an endpoint that several processes ask', () => {
  it('has their calls together', () => {
    const [one, ...others] = grading(
      { inFlight: 64, waiting: 3, sent: 100, answered: 30, faults: 6, retrying: 1, fault: 'answered 503' },
      { inFlight: 10, waiting: 0, sent: 20, answered: 9, faults: 1 },
    );
    expect(others).toEqual([]);
    expect(one).toEqual(
      endpoint({
        ...{ limit: 128, inFlight: 74, waiting: 3, sent: 120, answered: 39, faults: 7, retrying: 1 },
        fault: 'answered 503',
      }),
    );
  });

  it('is another one for another role, model or URL', () => {
    const apart: Partial<EndpointNote>[] = [{}, { role: 'scorer' }, { model: 'n' }, { baseUrl: 'http://127.0.0.2' }];
    expect(grading(...apart)).toHaveLength(4);
    expect(grading({ role: 'teacher' }, { role: 'scorer' }, {}).map(({ role }) => role)).toEqual([
      ...['student', 'scorer', 'teacher'],
    ]);
  });

  it('is open while one process gets through, with the places of those that do', () => {
    const paused = { phase: 'paused', why: 'answered 503', resumesIn: 900 } as const;
    expect(grading(paused, { inFlight: 8 })).toEqual([endpoint({ inFlight: 8 })]);
    const ending = { phase: 'stopped', why: 'calls to m wait for another start', inFlight: 2 } as const;
    expect(grading({ inFlight: 8 }, ending)).toEqual([endpoint({ inFlight: 10 })]);
  });

  it('says why it is held up where every process is, by the one that is held up least', () => {
    const paused = { phase: 'paused', why: 'answered 503', resumesIn: 9000 } as const;
    const limited = { phase: 'limited', why: '8 of 64 at once: it sheds', limit: 8 } as const;
    expect(grading(paused, limited)).toEqual([endpoint(limited)]);
    expect(grading(paused, { ...paused, why: 'connect ECONNREFUSED', resumesIn: 400 })).toEqual([
      endpoint({ phase: 'paused', why: 'connect ECONNREFUSED', resumesIn: 400, limit: 128 }),
    ]);
  });

  it('stands as those see it that have a use for it', () => {
    const paused = endpoint({ phase: 'paused', why: 'answered 503', resumesIn: 400, waiting: 5 });
    const grades = work({ stages: [stage('grade')], endpoints: [paused] });
    const samples = work({ stages: [stage('sample')], endpoints: [endpoint({ sent: 7, answered: 7 })] });
    expect(mergeNotes([samples, grades])?.endpoints).toEqual([{ ...paused, sent: 7, answered: 7 }]);
    expect(mergeNotes([samples, samples])?.endpoints).toEqual([endpoint({ limit: 128, sent: 14, answered: 14 })]);
  });
});
