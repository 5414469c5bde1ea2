import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { plainScreen } from '../../../../cli/view/screen/plain-screen.ts';
import type { Counts } from '../../../../flow/status/counts.ts';
import { states } from '../../../../flow/status/counts.ts';
import { statusOf } from '../../../../flow/status/status.ts';
import { idle } from '../../../flow/status/notes/idle.ts';

const status = (done: number, phase: 'open' | 'paused' = 'open', inHand = 2) => {
  const counts: Counts = {
    problems: 10,
    states: Object.fromEntries(states.map((state) => [state, 0])) as Counts['states'],
    unreadIsExact: true,
    levels: {},
    target: { records: 30, emitted: done, admit: 'streaming', natural: true, intake: true, halted: null },
    answers: { attempts: 0, truncated: 0, empty: 0 },
    scores: [],
    deadLetters: {},
  };
  const teacher = {
    ...{
      role: 'teacher' as const,
      baseUrl: 'http://127.0.0.1',
      model: 'm',
      ...idle,
    },
    ...{
      phase,
      why: phase === 'paused' ? 'answered\u001b[2J 503' : null,
      limit: 8,
      inFlight: 2,
      waiting: 0,
      resumesIn: 0,
      retrying: 0,
      fault: null,
      notes: [],
      member: null,
    },
  };
  return statusOf({
    run: 'r',
    counts,
    note: {
      ...{ phase: 'running', seconds: 65, etaSeconds: 20, endpoints: [teacher] },
      stages: [{ stage: 'generate', inHand, oldestSeconds: null, done, dead: 0, perSecond: 1.5 }],
    },
    usage: {},
    budget: undefined,
  });
};

const printed = (show: (screen: ReturnType<typeof plainScreen>) => void): string => {
  const stream = new PassThrough();
  show(plainScreen(stream));
  return stream.read()?.toString() ?? '';
};

describe('where there is no terminal', () => {
  it('a line comes when something has changed, and not before anything is taken', () => {
    const text = printed((screen) => {
      screen.show(status(0, 'open', 0));
      for (const done of [0, 0, 6, 6, 7]) screen.show(status(done));
    });
    expect(text).toBe(
      [0, 6, 7]
        .map((done) => `1 min 5 s: generate ${done} (1.5/s)  emitted ${done} of 30  2 calls in flight  ETA 20 s\n`)
        .join(''),
    );
  });

  it('the same line comes again after a minute', () => {
    const text = printed((screen) => {
      for (let look = 0; look <= 24; look++) screen.show(status(6));
    });
    expect(text.match(/generate 6/g)).toHaveLength(3);
  });

  it('a paused endpoint is named, and what it said cannot steer a terminal', () => {
    const text = printed((screen) => screen.show(status(6, 'paused')));
    expect(text).toContain('teacher m: paused, next try in a moment: answered [2J 503');
    expect(text).not.toContain('\u001b');
  });
});
