import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { type EndpointState, endpoint } from '../../../llm/endpoint/endpoint.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { memoryLedger } from '../../../llm/money/ledger.ts';
import type { ChatReply } from '../../../llm/port.ts';
import type { EndpointSettings } from '../../../llm/settings.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import type { RehearsalChanges } from '../../../rehearsal/models/settings.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { until } from '../../helpers/engine.ts';
import { completion, json, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;

interface Options extends Partial<EndpointSettings> {
  readonly count?: number;
  readonly stream?: boolean;
  /** Longer than the others' context. */
  readonly overlong?: number;
}

/** Asks a rehearsal student about `count` problems at once, and counts on both sides. */
const askAll = async (rehearsal: RehearsalChanges, options: Options = {}) => {
  const { count = 200, stream = false, overlong, ...settings } = options;
  const server = await startRehearsal({ latency: { milliseconds: 20 }, ...rehearsal });
  const states: EndpointState[] = [];
  const door = endpoint(
    { baseUrl: `${server.url}/v1`, model: 'student', concurrency: 64, ...settings },
    { observe: (state) => states.push(state) },
  );
  const model = chatModel({ model: 'student', maxTokens: 256 }, { endpoint: door, stream });
  const ask = (statement: string, index: number) => {
    const content = index === overlong ? statement + ' x'.repeat(10_000) : statement;
    return model({ problem: String(index), messages: [{ role: 'user', content }], sample: 0 }, never);
  };
  const settled = await Promise.allSettled(
    [...rehearsalProblems({ seed: 1, count })].map((row, index) => ask(row.statement, index)),
  );
  const replies = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const [stats, state] = [server.stats(), door.states()[0]!];
  await door.close();
  await server.close();
  return { replies, errors, stats, state, states };
};

const texts = (replies: readonly ChatReply[]) => replies.map(({ answer }) => answer);

describe('an endpoint with faults answers every call, at few requests more than needed', async () => {
  const undisturbed = texts((await askAll({})).replies);

  it.each<[string, RehearsalChanges, Options?]>([
    ['a tenth of 500s', { faults: { errors: 0.1 } }],
    ['a tenth of 500s, streamed', { faults: { errors: 0.1 } }, { stream: true }],
    ['one in twenty resets', { faults: { resets: 0.05 } }],
    ['one in twenty malformed bodies', { faults: { malformed: 0.05 } }],
    ['one in twenty errors in a 200', { faults: { errorBodies: 0.05 } }],
    ['one in twenty bodies cut', { faults: { cut: 0.05 } }],
    ['one in twenty streams cut', { faults: { cut: 0.05 } }, { stream: true }],
    ['keep-alives', { faults: { keepAlives: 0.5 } }],
    ['keep-alives in streams', { faults: { keepAlives: 0.5 } }, { stream: true }],
    ['a second without answers', { faults: { stalls: [{ from: 30, to: 1030 }] } }],
    ['some of everything', { faults: { errors: 0.05, resets: 0.03, malformed: 0.03, cut: 0.03, errorBodies: 0.03 } }],
  ])('%s', async (_name, rehearsal, options) => {
    const { replies, errors, stats } = await askAll(rehearsal, options);
    expect(errors).toEqual([]);
    expect(texts(replies)).toEqual(undisturbed);
    expect(stats.answered).toBe(200);
    expect(stats.requests).toBeLessThanOrEqual(1.3 * 200);
  });

  it('counts how calls ended by status of HTTP', async () => {
    const { state } = await askAll({ faults: { errors: 0.1, resets: 0.05 } }, { count: 100 });
    const { answered, 'server-error': errors, connection, ...others } = state.ended;
    expect(others).toEqual({});
    expect(errors).toBeGreaterThan(0);
    expect(state.statuses).toEqual({ 200: answered, 500: errors, none: connection });
  });

  it('calls that are never answered, by the silence of a stream', async () => {
    const { replies, stats } = await askAll({ faults: { hangs: 0.02 } }, { stream: true, idleTimeoutSeconds: 4 });
    expect(texts(replies)).toEqual(undisturbed);
    expect(stats.requests).toBeLessThanOrEqual(1.1 * 200);
  });

  it('a limit of 16 at once, which it finds and keeps to', async () => {
    const faults = { shedAbove: 16, retryAfterSeconds: 0 };
    const { replies, errors, stats, states } = await askAll({ faults }, { count: 800 });
    expect(errors).toEqual([]);
    expect(replies).toHaveLength(800);
    expect(stats.requests).toBeLessThanOrEqual(1.3 * 800);
    expect(states.some(({ phase, why }) => phase === 'limited' && why?.includes('of 64 at once'))).toBe(true);
  });
});

describe('an endpoint that refuses', () => {
  it('one over-long prompt answers the others', async () => {
    const { replies, errors, stats } = await askAll({ contextTokens: 1000 }, { overlong: 7 });
    expect(replies).toHaveLength(199);
    expect(errors).toMatchObject([{ code: 'request-refused', disposition: 'dead-letter', message: /too long/ }]);
    expect(stats.requests).toBe(200);
  });

  it('a wrong key stops at once, with one message for all', async () => {
    const { errors, stats, state } = await askAll({ apiKey: 'right' }, { apiKey: 'wrong', concurrency: 4 });
    expect(errors).toHaveLength(200);
    expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
    expect(errors[0]).toMatchObject({ code: 'unauthorized', disposition: 'stop' });
    expect(stats.requests).toBeLessThanOrEqual(8);
    expect(state).toMatchObject({ phase: 'stopped', waiting: 0, inFlight: 0 });
  });

  it.each([1, 64])(
    'everything from the start stops after twenty, and no record pays for it (%i at once)',
    async (concurrency) => {
      const { errors, stats } = await askAll({ contextTokens: 1 }, { concurrency });
      expect(new Set(errors.map(({ disposition }) => disposition))).toEqual(new Set(['stop']));
      expect(errors[199]).toMatchObject({ code: 'refuses-everything', message: /check the settings.*too long/ });
      expect(stats.requests).toBeLessThan(20 + concurrency);
    },
  );

  it('the few there are, and a simple request too: then it is the settings', async () => {
    const { errors, stats } = await askAll({ contextTokens: 1 }, { count: 5 });
    expect(errors).toHaveLength(5);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['refuses-everything']));
    expect(stats.requests).toBe(5 + 1);
  });

  it('the few there are, but no simple request: then it is the records’ own fault', async () => {
    const { errors, stats } = await askAll({ contextTokens: 1000 }, { count: 1, overlong: 0 });
    expect(errors).toMatchObject([{ code: 'request-refused', message: /too long/ }]);
    expect(stats.requests).toBe(1 + 1);
  });
});

describe('an endpoint that is drained', () => {
  it('lets calls in flight end, and turns away those that wait, for a place, a retry or money', async () => {
    const budget = await openBudget({ run: { tokens: 1500 }, models: {} }, memoryLedger());
    const held: (() => void)[] = [];
    await using server = await scriptedServer((response, { body }) => {
      if (JSON.stringify(body).includes('failing')) return json(response, 500, {});
      held.push(() => json(response, 200, completion({ content: 'fine' })));
      return response;
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 3 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 1000 }, { endpoint: door, stream: false });
    const ask = (content: string) =>
      model({ problem: content, messages: [{ role: 'user', content }], sample: 0 }, never).then(
        () => 'answered',
        ({ code }) => code,
      );
    const failing = ask('failing');
    await until(() => door.states()[0]!.faults === 1);
    const inFlight = ask('in flight');
    await until(() => held.length === 1);
    const waiting = ['for money', 'for money too', 'for a place'].map(ask);
    door.drain();
    held[0]!();
    expect(await Promise.all([failing, inFlight, ...waiting])).toEqual([
      'draining',
      'answered',
      'draining',
      'draining',
      'draining',
    ]);
    expect(server.asked).toHaveLength(2);
    expect(budget.state().run).toMatchObject({ spent: { tokens: 12 }, reserved: { tokens: 0 } });
    await door.close();
  });
});

it('sends nothing for a call whose answer is there by the time that its turn comes', async () => {
  const unused = async (): Promise<never> => Promise.reject(new Error('not asked'));
  const connect = () => ({ post: unused, get: unused, upload: unused, close: async () => {} });
  const door = endpoint({ baseUrl: 'http://test.invalid/v1', model: 'student', concurrency: 1 }, { connect });
  const usage = { promptTokens: 1, completionTokens: 1 };
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const send = async () => {
    await answered;
    return { usage, from: 'the server' };
  };
  const work = { atMost: usage, streamed: false, send };
  const first = door.call(work, never);
  const second = door.call({ ...work, known: async () => ({ usage, from: 'the journal' }) }, never);
  answer();
  expect([await first, await second].map(({ from }) => from)).toEqual(['the server', 'the journal']);
  expect(door.states()[0]).toMatchObject({ sent: 1, answered: 1 });
  await door.close();
});
