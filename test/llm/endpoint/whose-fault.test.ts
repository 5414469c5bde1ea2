import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { memoryLedger } from '../../../llm/money/ledger.ts';
import { until } from '../../helpers/engine.ts';
import { completion, json, type Script, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;

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
