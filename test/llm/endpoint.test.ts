import { describe, expect, it } from 'vitest';
import { openBudget } from '../../llm/budget.ts';
import { chatModel } from '../../llm/chat.ts';
import { type EndpointState, endpoint } from '../../llm/endpoint.ts';
import { memoryLedger } from '../../llm/ledger.ts';
import type { ChatReply } from '../../llm/port.ts';
import type { EndpointSettings } from '../../llm/settings.ts';
import { rehearsalProblems } from '../../rehearsal/problems.ts';
import { startRehearsal } from '../../rehearsal/server.ts';
import type { RehearsalChanges } from '../../rehearsal/settings.ts';
import { completion, json, scriptedServer } from './scripted-server.ts';

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
  const [stats, state] = [server.stats(), door.state()];
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

  it('calls that are never answered, by the silence of a stream', async () => {
    const { replies, stats } = await askAll({ faults: { hangs: 0.02 } }, { stream: true, idleTimeoutSeconds: 1 });
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
    expect(errors).toMatchObject([{ code: 'request-refused', fate: 'dead-letter', message: /too long/ }]);
    expect(stats.requests).toBe(200);
  });

  it('a wrong key stops at once, with one message for all', async () => {
    const { errors, stats, state } = await askAll({ apiKey: 'right' }, { apiKey: 'wrong', concurrency: 4 });
    expect(errors).toHaveLength(200);
    expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
    expect(errors[0]).toMatchObject({ code: 'unauthorized', fate: 'stop' });
    expect(stats.requests).toBeLessThanOrEqual(8);
    expect(state).toMatchObject({ phase: 'stopped', waiting: 0, inFlight: 0 });
  });

  it.each([1, 64])(
    'everything from the start stops after twenty, and no record pays for it (%i at once)',
    async (concurrency) => {
      const { errors, stats } = await askAll({ contextTokens: 1 }, { concurrency });
      expect(new Set(errors.map(({ fate }) => fate))).toEqual(new Set(['stop']));
      expect(errors[199]).toMatchObject({ code: 'refuses-everything', message: /check the settings.*too long/ });
      expect(stats.requests).toBeLessThan(20 + concurrency);
    },
  );

  it('everything, but has nothing more to do: then it is the records’ own fault', async () => {
    const { errors } = await askAll({ contextTokens: 1 }, { count: 5 });
    expect(errors).toHaveLength(5);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['request-refused']));
  });
});

describe('a refusal that is held until its fault is known', () => {
  const refusing = async () => {
    const server = await scriptedServer((response, _asked, number) => {
      if (number === 0) json(response, 400, { error: { message: 'no' } });
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 });
    const model = chatModel({ model: 'm', maxTokens: 10 }, { endpoint: door, stream: false });
    const ask = (signal: AbortSignal) =>
      model({ problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 }, signal).catch((error) => error);
    const controller = new AbortController();
    const refused = ask(controller.signal);
    const open = ask(controller.signal);
    await until(() => server.asked.length === 2);
    return { server, door, controller, refused, open };
  };

  it('is let go by an abort', async () => {
    await using stack = new AsyncDisposableStack();
    const { server, door, controller, refused, open } = await refusing();
    stack.use(server);
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort('enough');
    expect(await refused).toBe('enough');
    expect(await open).toBe('enough');
    await door.close();
  });

  it('is let go by a drain', async () => {
    await using stack = new AsyncDisposableStack();
    const { server, door, controller, refused, open } = await refusing();
    stack.use(server);
    await new Promise((resolve) => setTimeout(resolve, 20));
    door.drain();
    expect(await refused).toMatchObject({ code: 'draining', fate: 'retry' });
    controller.abort('enough');
    expect(await open).toBe('enough');
    await door.close();
  });
});

describe('one record on which the endpoint always fails', () => {
  it('is a dead letter in the end, while the others are answered', async () => {
    await using server = await scriptedServer((response, { body }) => {
      const poisoned = JSON.stringify(body).includes('poison');
      if (poisoned) json(response, 500, { error: { message: 'cannot parse' } });
      else json(response, 200, completion({ content: 'fine' }));
    });
    const clock = { now: () => performance.now(), sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)) };
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { clock });
    const model = chatModel({ model: 'm', maxTokens: 10 }, { endpoint: door, stream: false });
    const ask = (content: string) => model({ problem: 'p', messages: [{ role: 'user', content }], sample: 0 }, never);
    let done = false;
    const poison = ask('poison').finally(() => {
      done = true;
    });
    const others = (async () => {
      while (!done) await ask('wholesome');
    })();
    await expect(poison).rejects.toMatchObject({ code: 'fails-alone', fate: 'dead-letter', message: /cannot parse/ });
    await others;
    await door.close();
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
    await until(() => door.state().faults === 1);
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

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the budget of an endpoint', () => {
  it('is paid by the answer, and for what a cancelled stream had written', async () => {
    const budget = await openBudget({ run: { tokens: 10_000 }, models: {} }, memoryLedger());
    const piece = JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' } }] });
    const controller = new AbortController();
    await using server = await scriptedServer((response, _asked, number) => {
      if (number === 0) return json(response, 200, completion({ content: 'fine' }));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${piece}\n\n`.repeat(3));
      setTimeout(() => controller.abort('enough'), 50);
      return response;
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 1000 }, { endpoint: door, stream: true });
    const request = { problem: 'p', messages: [{ role: 'user', content: 'x' } as const], sample: 0 };
    await model(request, never);
    expect(budget.state().run).toMatchObject({ spent: { tokens: 12 }, reserved: { tokens: 0 } });
    await expect(model(request, controller.signal)).rejects.toBe('enough');
    const promptAtMost = 64 + 16 + 1;
    expect(budget.state().run).toMatchObject({ spent: { tokens: 12 + promptAtMost + 3 }, reserved: { tokens: 0 } });
    await door.close();
  });
});
