import {
  array,
  boolean,
  constantFrom,
  assert as hold,
  integer,
  nat,
  option,
  property,
  record,
  string,
  tuple,
} from 'fast-check';
import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { drawStatus } from '../../../cli/view/screen/draw-status.ts';
import { type Counts, states } from '../../../flow/status/counts.ts';
import type { EndpointNote, Work } from '../../../flow/status/notes/live-note.ts';
import { stageOf } from '../../../flow/status/stages.ts';
import { statusOf } from '../../../flow/status/status.ts';
import { levels } from '../../../schemas/hardness.ts';
import { idle } from './notes/idle.ts';

const counts = (change: Partial<Counts['target']> = {}, where: Partial<Counts['states']> = {}): Counts => ({
  problems: 100,
  states: { ...(Object.fromEntries(states.map((state) => [state, 0])) as Counts['states']), ...where },
  unreadIsExact: true,
  levels: Object.fromEntries(
    levels.map((level) => [
      level,
      { problems: 10, share: 1 / 6, quota: 5, parked: 0, teaching: 0, emitted: 1, failed: 0, closed: false },
    ]),
  ),
  target: { records: 30, emitted: 6, admit: 'streaming', natural: false, intake: true, halted: null, ...change },
  answers: { attempts: 0, truncated: 0, empty: 0 },
  scores: [],
  deadLetters: {},
});

const endpoint = (change: Partial<EndpointNote>): EndpointNote => ({
  ...{
    role: 'teacher',
    baseUrl: 'http://127.0.0.1',
    model: 'teacher',
    ...idle,
  },
  ...{
    phase: 'open',
    why: null,
    limit: 8,
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

const note = (endpoints: readonly EndpointNote[], phase: Work['phase'] = 'running'): Work => ({
  ...{ phase, seconds: 10, etaSeconds: 20, endpoints },
  stages: [{ stage: 'generate', inHand: 0, oldestSeconds: null, done: 6, dead: 0, perSecond: 1 }],
});

const shown = (found: Counts, endpoints: readonly EndpointNote[], columns = 200): string =>
  drawStatus(
    statusOf({ run: 'r', counts: found, note: note(endpoints), usage: {}, budget: undefined }),
    columns,
    pc.createColors(false),
  ).join('\n');

describe('why nothing is done', () => {
  it('names a paused endpoint, its fault, and when it is tried again', () => {
    const paused = endpoint({ phase: 'paused', why: 'answered 503', resumesIn: 12_300 });
    expect(shown(counts(), [paused])).toContain('… teacher teacher: paused, next try in 13 s: answered 503');
    expect(shown(counts(), [{ ...paused, resumesIn: 0 }])).toContain('paused, next try in a moment: answered 503');
  });

  it('names each server of a pool, and the one that is out while another goes on', () => {
    const out = endpoint({ member: 'gpu-1:8000', phase: 'stopped', why: 'the API key is wrong' });
    const text = shown(counts(), [out, endpoint({ member: 'gpu-2:8000', inFlight: 3 })]);
    expect(text).toMatch(/teacher gpu-1:8000 +0 of 8 in flight/);
    expect(text).toMatch(/teacher gpu-2:8000 +3 of 8 in flight/);
    expect(text).toContain('… teacher teacher gpu-1:8000: stopped: the API key is wrong');
  });

  it('says what a call met with that is to be made again', () => {
    const again = { role: 'student', retrying: 1, fault: 'connect ECONNREFUSED' } as const;
    const text = shown(counts({}, { unread: 3 }), [endpoint(again), endpoint({ ...again, inFlight: 3, retrying: 2 })]);
    expect(text).toContain('idle: 1 call to be made again in a moment: connect ECONNREFUSED');
    expect(text).toContain('3 of 8 calls in flight: 2 calls to be made again in a moment: connect ECONNREFUSED');
  });

  it('says of a run that is ending what it waits for, and of an endpoint that stopped by itself why', () => {
    const stopped = endpoint({ phase: 'stopped', why: 'the API key is wrong', inFlight: 2 });
    expect(shown(counts(), [stopped])).toContain('stopped: the API key is wrong');
    const ending = statusOf({
      ...{ run: 'r', counts: counts(), note: note([stopped], 'draining'), usage: {}, budget: undefined },
    });
    const text = drawStatus(ending, 200, pc.createColors(false)).join('\n');
    expect(text).toContain('the run is ending: 2 calls still to be answered');
    expect(text).not.toContain('stopped');
  });

  it('names the levels that the sampler waits for, and says when there will be none', () => {
    expect(shown(counts({}, { unread: 3 }), [])).toContain('… sampler: waits for problems of easy, level_5');
    expect(shown(counts(), [])).toContain('… sampler: has no more problems of easy, level_5');
  });

  it('tells a full target, a halt and after-grading apart', () => {
    expect(shown(counts({ emitted: 30 }), [endpoint({})])).toContain('teacher teacher: idle: the target is full');
    expect(shown(counts({ halted: 'budget' }), [endpoint({})])).toContain('idle: halted: budget');
    const grading = counts({ admit: 'after-grading' }, { unread: 3 });
    expect(shown(grading, [endpoint({})])).toContain('samples when everything is graded');
    const idle = endpoint({ role: 'student', model: 'student' });
    expect(shown(counts({ intake: false }), [idle])).toContain('student student: idle: the target has all it needs');
  });

  it('knows a target without levels', () => {
    const natural = { natural: true } as const;
    expect(shown(counts(natural), [])).toContain('… sampler: has no more problems');
    expect(shown(counts(natural, { teaching: 24 }), [])).toContain('… sampler: every place of the target is taken');
    expect(shown(counts(natural, { parked: 5 }), [])).not.toContain('… sampler');
  });

  it('is answered for every endpoint below its limit, whatever the state; no line is too wide', () => {
    const anyEndpoint = record({
      role: constantFrom('student', 'scorer', 'teacher'),
      phase: constantFrom('open', 'limited', 'paused', 'probing', 'stopped'),
      why: option(string({ unit: 'grapheme' })),
      limit: integer({ min: 1, max: 300 }),
      inFlight: nat(300),
      waiting: nat(50),
      resumesIn: option(nat(60_000)),
      model: string({ unit: 'grapheme', minLength: 1 }),
    });
    const anyCounts = tuple(
      record({ emitted: nat(40), intake: boolean(), halted: option(constantFrom('budget', 'stopped')) }),
      record(Object.fromEntries(states.map((state) => [state, nat(5000)]))),
    );
    const anything = property(
      anyCounts,
      array(anyEndpoint, { maxLength: 4 }),
      integer({ min: 40, max: 220 }),
      (found, ends, columns) => {
        const endpoints = ends.map((one) => endpoint(one as Partial<EndpointNote>));
        const made = counts(found[0], found[1] as Partial<Counts['states']>);
        const status = statusOf({ run: 'r', counts: made, note: note(endpoints), usage: {}, budget: undefined });
        const idle = endpoints.filter((one) => one.inFlight < one.limit);
        for (const one of idle)
          expect(
            status.waiting.some(({ stage, who, why }) => {
              const isOf = stage === stageOf[one.role] && who === `${one.role} ${one.model}`;
              return isOf && why !== '';
            }),
          ).toBe(true);
        for (const color of [true, false]) {
          for (const line of drawStatus(status, columns, pc.createColors(color))) {
            expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toContain('\n');
          }
        }
      },
    );
    hold(anything);
  });
});
