import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { type EndpointState, endpoint } from '../../../llm/endpoint/endpoint.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { type Ledger, memoryLedger } from '../../../llm/money/ledger.ts';
import type { ChatReply } from '../../../llm/port.ts';
import type { EndpointSettings } from '../../../llm/settings.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import type { RehearsalChanges } from '../../../rehearsal/models/settings.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { completion, json, type Script, scriptedServer } from '../scripted-server.ts';

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

/** A model that is asked two at a time, as a stage that holds few records does. */
const askInPairs = async (script: Script, statements: readonly string[], stream = false) => {
  await using server = await scriptedServer(script);
  const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 1 }, { clock: quickClock });
  const model = chatModel({ model: 'm', maxTokens: 10 }, { endpoint: door, stream });
  const ask = (content: string) =>
    model({ problem: content, messages: [{ role: 'user', content }], sample: 0 }, never).then(
      () => 'answered',
      ({ code, disposition }) => `${code}: ${disposition}`,
    );
  const ends: string[] = [];
  for (let start = 0; start < statements.length; start += 2) {
    const pair = await Promise.all(statements.slice(start, start + 2).map(ask));
    ends.push(...pair);
    if (pair.some((end) => end.endsWith('stop'))) break;
  }
  await door.close();
  return { ends, asked: server.asked.map(({ body }) => JSON.stringify(body)) };
};

const quickClock = {
  now: () => performance.now(),
  sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 2)),
};
const many = Array.from({ length: 40 }, (_none, index) => `problem ${index}`);

describe('whose fault it is, where few calls are open at once', () => {
  it.each([
    [400, 'refuses-everything: stop'],
    [403, 'forbidden: stop'],
    [404, 'not-found: stop'],
    [401, 'unauthorized: stop'],
    [410, 'not-found: stop'],
    [415, 'endpoint-invalid: stop'],
    [501, 'endpoint-invalid: stop'],
  ])('everything ends in %i: the settings’, and no record is lost', async (status, end) => {
    const { ends, asked } = await askInPairs((response) => json(response, status, { error: { message: 'no' } }), many);
    expect(new Set(ends)).toEqual(new Set([end]));
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it.each([400, 403, 404, 422])(
    'one prompt ends in %i: that prompt’s, also as the first or the last',
    async (status) => {
      for (const place of [0, 7, 39]) {
        const poisoned = many.map((statement, index) => (index === place ? 'flagged' : statement));
        const { ends, asked } = await askInPairs((response, { body }) => {
          if (JSON.stringify(body).includes('flagged'))
            return json(response, status, { error: { message: 'moderated' } });
          return json(response, 200, completion({ content: 'fine' }));
        }, poisoned);
        expect(ends.filter((end) => end !== 'answered')).toEqual(['request-refused: dead-letter']);
        expect(asked.length).toBeLessThanOrEqual(42);
      }
    },
  );

  it('a right that is taken away in the middle: the settings’', async () => {
    const { ends } = await askInPairs((response, _asked, number) => {
      if (number > 9) return json(response, 403, { error: { message: 'no access' } });
      return json(response, 200, completion({ content: 'fine' }));
    }, many);
    expect(ends.filter((end) => end !== 'answered')).toEqual(['forbidden: stop', 'forbidden: stop']);
  });
});

describe('the last call that is left, and fails for ever', () => {
  it.each<[string, (response: ServerResponse) => unknown]>([
    ['500', (response) => json(response, 500, { error: { message: 'cannot parse' } })],
    ['200 without choices', (response) => json(response, 200, { choices: [], usage: { prompt_tokens: 9 } })],
    ['an error in a 200', (response) => json(response, 200, { error: { message: 'internal' } })],
    ['a stream that is cut', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end()],
  ])('with %s: becomes a dead letter after few calls', async (_what, poison) => {
    const { ends, asked } = await askInPairs(
      (response, { body }) => {
        if (JSON.stringify(body).includes('poison')) return poison(response);
        return json(response, 200, completion({ content: 'fine' }));
      },
      ['fine', 'fine', 'poison'],
    );
    expect(ends).toEqual(['answered', 'answered', 'fails-alone: dead-letter']);
    expect(asked.filter((body) => body.includes('poison')).length).toBeLessThanOrEqual(16);
    expect(asked.length).toBeLessThanOrEqual(30);
  });
});

describe('an endpoint that never answers readably', () => {
  it('stops after few paid calls, and shows how its answers begin', async () => {
    await using server = await scriptedServer((response) => response.writeHead(200).end('<html>Welcome to nginx'));
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { clock: quickClock });
    const model = chatModel({ model: 'm', maxTokens: 10 }, { endpoint: door, stream: false });
    const request = { problem: 'p', messages: [{ role: 'user', content: 'x' } as const], sample: 0 };
    await expect(model(request, never)).rejects.toMatchObject({
      code: 'answers-nothing-readable',
      disposition: 'stop',
      message: expect.stringContaining('<html>Welcome to nginx'),
    });
    expect(server.asked.length).toBeLessThanOrEqual(12);
    await door.close();
  });
});

describe('an error with a status in a 200', () => {
  it.each([
    [{ error: { code: 402, message: 'Insufficient credits' } }, 'payment-required: stop'],
    [{ error: { code: '401', message: 'bad key' } }, 'unauthorized: stop'],
    [{ error: { type: 'insufficient_quota', message: 'quota' } }, 'payment-required: stop'],
    [{ object: 'error', code: 400, message: 'no' }, 'refuses-everything: stop'],
    [{ choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'payment-required: stop'],
  ])('%j is judged by it', async (body, end) => {
    const { ends } = await askInPairs((response) => json(response, 200, body), many);
    expect(new Set(ends)).toEqual(new Set([end]));
  });

  it('of 429 is waited out, and costs nothing', async () => {
    const budget = await openBudget({ run: { tokens: 150 }, models: {} }, memoryLedger());
    await using server = await scriptedServer((response, _asked, number) => {
      if (number < 3) return json(response, 200, { error: { code: 429, message: 'slow down' } });
      return json(response, 200, completion({ content: 'fine' }));
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget, clock: quickClock });
    const model = chatModel({ model: 'm', maxTokens: 50 }, { endpoint: door, stream: false });
    await model({ problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 }, never);
    expect(budget.state().run.spent.tokens).toBe(12);
    await door.close();
  });

  it('is a 429 of its own where the money has ended', async () => {
    const body = { error: { message: 'You exceeded your current quota', type: 'insufficient_quota' } };
    const { ends } = await askInPairs((response) => json(response, 429, body), many);
    expect(new Set(ends)).toEqual(new Set(['payment-required: stop']));
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
    expect(await refused).toMatchObject({ code: 'draining', disposition: 'retry' });
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
    await expect(poison).rejects.toMatchObject({
      code: 'fails-alone',
      disposition: 'dead-letter',
      message: /cannot parse/,
    });
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

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the budget of an endpoint', () => {
  it.each([
    ['another name for the limit', { max_tokens: null, max_completion_tokens: 4096 }, 1],
    ['several answers a call', { n: 4 }, 4],
  ])('sets aside what the body asks for: %s', async (_what, extraBody, answers) => {
    const budget = await openBudget({ run: { tokens: 1000 }, models: {} }, memoryLedger());
    await using server = await scriptedServer((response, { body }) => {
      const made = answers * Number(body.max_completion_tokens ?? body.max_tokens);
      json(response, 200, completion({ content: 'x' }, { usage: { prompt_tokens: 5, completion_tokens: made } }));
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 200, extraBody }, { endpoint: door, stream: false });
    const ask = (problem: string) => model({ problem, messages: [{ role: 'user', content: 'x' }], sample: 0 }, never);
    await Promise.allSettled(['1', '2', '3', '4', '5'].map(ask));
    expect(budget.state().run.spent.tokens).toBeLessThanOrEqual(1000);
    await door.close();
  });

  it('gets all of it back where the call is given up while its reservation is written', async () => {
    const [begun, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ledger: Ledger = {
      ...memoryLedger(),
      reserve: async (...asked) => {
        begun.resolve();
        await written.promise;
        return memoryLedger().reserve(...asked);
      },
    };
    const budget = await openBudget({ run: { tokens: 10_000 }, models: {} }, ledger);
    await using server = await scriptedServer((response) => json(response, 200, completion({ content: 'x' })));
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 1000 }, { endpoint: door, stream: false });
    const controller = new AbortController();
    const asked = model({ problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 }, controller.signal);
    await begun.promise;
    controller.abort('enough');
    written.resolve();
    await expect(asked).rejects.toBe('enough');
    expect(budget.state().run).toMatchObject({ spent: { tokens: 0 }, reserved: { tokens: 0 } });
    expect(server.asked).toHaveLength(0);
    await door.close();
  });

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
