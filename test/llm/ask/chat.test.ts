import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import type { Clock } from '../../../llm/clock.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import { maxPlainBytes } from '../../../llm/http/answers/body.ts';
import type { ChatRequest } from '../../../llm/port.ts';
import type { ChatSettings, EndpointSettings } from '../../../llm/settings.ts';
import { chunk, completion, json, type Script, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;
const request: ChatRequest = { problem: 'p', messages: [{ role: 'user', content: 'What is 6 * 7?' }], sample: 0 };

/** Waits no longer than a turn of the event loop. */
const impatient: Clock = { now: () => performance.now(), sleep: () => new Promise((resolve) => setImmediate(resolve)) };

/** Asks once, of a server that follows the script; `sent` is what it was asked. */
const ask = async (
  script: Script,
  {
    stream = false,
    signal = never,
    ...settings
  }: Partial<ChatSettings & EndpointSettings> & {
    stream?: boolean;
    signal?: AbortSignal;
  } = {},
  asked: ChatRequest = request,
) => {
  await using server = await scriptedServer(script);
  const full = { model: 'm', maxTokens: 100, concurrency: 4, baseUrl: `${server.url}/v1`, ...settings };
  const door = endpoint(full, { clock: impatient });
  try {
    const reply = await chatModel(full, { endpoint: door, stream })(asked, signal);
    return { reply, sent: server.asked, state: door.states()[0]! };
  } finally {
    await door.close();
  }
};

const answers = (message: object, rest: object = {}, finish: string | null = 'stop'): Script => {
  return (response) => json(response, 200, completion(message, rest, finish));
};

/** Goes wrong the first time, and right the second. */
const once = (wrong: Script): Script => {
  return (response, asked, number) =>
    number === 0 ? wrong(response, asked, number) : json(response, 200, completion({ content: '42' }));
};

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('that a proxy compressed as %s unasked is read', async (encoding, compress) => {
    const script: Script = (response) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      response.writeHead(200, headers).end(compress(JSON.stringify(completion({ content: '42' }))));
    };
    const { reply, sent } = await ask(script);
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(1);
  });

  it('is asked for where the endpoint moved, with the same body', async () => {
    const script: Script = (response, asked) =>
      asked.path.startsWith('/v1/')
        ? response.writeHead(308, { location: asked.path.replace('/v1/', '/v2/') }).end()
        : json(response, 200, completion({ content: '42' }));
    const { reply, sent } = await ask(script);
    expect(reply.answer).toBe('42');
    expect(sent.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v2/chat/completions']);
    expect(sent[1]!.body).toEqual(sent[0]!.body);
  });
});

describe('a request', () => {
  it('carries what is set, and nothing that is not', async () => {
    const { sent } = await ask(answers({ content: '42' }), { temperature: 0, topP: 0.9, apiKey: 'secret' });
    expect(sent[0]!.path).toBe('/v1/chat/completions');
    expect(sent[0]!.body).toEqual({
      model: 'm',
      messages: request.messages,
      max_tokens: 100,
      temperature: 0,
      top_p: 0.9,
    });
    expect(sent[0]!.headers.authorization).toBe('Bearer secret');
  });

  it('sends no key where none is set, and no headers beside its own', async () => {
    const { sent } = await ask(answers({ content: '42' }));
    expect(Object.keys(sent[0]!.headers)).not.toContain('authorization');
    expect(Object.keys(sent[0]!.headers).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it('asks for sample i with seed + i', async () => {
    const { sent } = await ask(answers({ content: '42' }), { seed: 10 }, { ...request, sample: 3 });
    expect(sent[0]!.body.seed).toBe(13);
  });

  it('takes the extra body last; null takes a field out, and a raised limit goes where the limit stands', async () => {
    const extraBody = { max_tokens: null, max_completion_tokens: 100, reasoning_effort: 'low' };
    const { sent } = await ask(answers({ content: '42' }), { extraBody }, { ...request, maxTokens: 200 });
    expect(sent[0]!.body).not.toHaveProperty('max_tokens');
    expect(sent[0]!.body).toMatchObject({ max_completion_tokens: 200, reasoning_effort: 'low' });
  });
});

describe('a reply', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'refused'],
    ['tool_calls', 'other'],
    [null, 'other'],
    ['constructor', 'other'],
  ])('that finished with %s is %s', async (finish, expected) => {
    const { reply } = await ask(answers({ content: '42' }, {}, finish));
    expect(reply.finish).toBe(expected);
  });

  it('is refused where the model says so in its own field', async () => {
    const { reply } = await ask(answers({ refusal: 'I cannot.' }));
    expect(reply).toMatchObject({ finish: 'refused', answer: '' });
  });

  it.each([
    ['reasoning_content', { content: '42', reasoning_content: 'six sevens' }],
    ['reasoning', { content: '42', reasoning: 'six sevens' }],
    ['the content', { content: 'six sevens\n</think>\n42' }],
    [
      'parts of content',
      {
        content: [
          { type: 'text', text: '<think>six sevens</think>' },
          { type: 'text', text: '42' },
        ],
      },
    ],
  ])('has its reasoning from %s', async (_where, message) => {
    const { reply } = await ask(answers(message));
    expect(reply).toMatchObject({
      reasoning: 'six sevens',
      answer: '42',
      usage: { promptTokens: 7, completionTokens: 5 },
    });
  });

  it('is estimated where the endpoint counts no tokens', async () => {
    const { reply } = await ask(answers({ content: 'forty-two' }, { usage: null }));
    expect(reply.usage).toEqual({ promptTokens: 5, completionTokens: 3 });
  });

  it('is marked as simulated by its fingerprint', async () => {
    const { reply } = await ask(answers({ content: '42' }, { system_fingerprint: 'sluice-rehearsal-1' }));
    expect(reply.simulated).toBe(true);
  });
});

describe('a streamed reply', () => {
  const streams = (...pieces: readonly string[]): Script => {
    return (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      for (const piece of pieces) response.write(piece);
      response.end();
    };
  };

  it('is gathered from its pieces, with the usage of the last', async () => {
    const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } })}\n\n`;
    const script = streams(
      ': keep-alive\n\n',
      '\n\n',
      chunk({ role: 'assistant', content: '' }),
      chunk({ reasoning_content: 'six ' }),
      chunk({ reasoning_content: 'sevens' }),
      chunk({ content: '4' }) + chunk({ content: '2' }),
      chunk({}, 'stop'),
      usage,
      'data: [DONE]\n\n',
    );
    const { reply, sent } = await ask(script, { stream: true });
    expect(sent[0]!.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(reply).toMatchObject({ reasoning: 'six sevens', answer: '42', finish: 'stop' });
    expect(reply.usage).toEqual({ promptTokens: 3, completionTokens: 4 });
  });

  it('may be cut anywhere on the wire, also inside a character', async () => {
    const bytes = Buffer.from(chunk({ content: 'π ≈ 3.14159 🙂' }) + chunk({}, 'stop'));
    const { reply } = await ask(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const byte of bytes) response.write(Buffer.of(byte));
        response.end();
      },
      { stream: true },
    );
    expect(reply.answer).toBe('π ≈ 3.14159 🙂');
  });

  it('is asked for again when it ends without a reason', async () => {
    const { reply, sent } = await ask(once(streams(chunk({ content: '4' }))), { stream: true });
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(2);
  });

  it('may be a plain one', async () => {
    const { reply } = await ask(answers({ content: '42' }), { stream: true });
    expect(reply.answer).toBe('42');
  });

  it('that holds an error is asked for again', async () => {
    const { reply } = await ask(once(streams(chunk({ content: '4' }), 'data: {"error": {"message": "no"}}\n\n')), {
      stream: true,
    });
    expect(reply.answer).toBe('42');
  });
});

describe('a fault of the endpoint is waited out', () => {
  const faults: Record<string, Script> = {
    'a 500': (response) => json(response, 500, { error: { message: 'boom' } }),
    'a 429 with Retry-After': (response) => json(response, 429, { error: {} }, { 'retry-after': '0' }),
    'a 503 with a date in the past': (response) =>
      json(response, 503, {}, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    'a 408': (response) => json(response, 408, {}),
    'an error in a 200': (response) => json(response, 200, { error: { message: 'overloaded' } }),
    'malformed JSON': (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": ['),
    'a web page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>'),
    'an empty body': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(),
    'no choices': (response) => json(response, 200, { choices: [] }),
    'choices of another shape': (response) => json(response, 200, { choices: [{ output: '42' }] }),
    insufficient_system_resource: answers({ content: '4' }, {}, 'insufficient_system_resource'),
    'a reset': (response) => response.socket?.resetAndDestroy(),
    'a body that ends too early': (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"choices"', () => response.socket?.destroy());
    },
  };

  it.each(Object.entries(faults))('%s', async (_name, script) => {
    const { reply, sent, state } = await ask(once(script));
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(2);
    expect(state).toMatchObject({ sent: 2, answered: 1, faults: 1 });
  });

  it('silence in the middle of a stream', async () => {
    const stalls: Script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ content: '4' }));
    };
    const { reply, sent } = await ask(once(stalls), { stream: true, idleTimeoutSeconds: 0.2 });
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(2);
  });

  it('silence before a plain answer, after fifteen times as long', async () => {
    const { reply, sent } = await ask(
      once(() => {}),
      { idleTimeoutSeconds: 0.02 },
    );
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(2);
  });

  it('keep-alives without end', async () => {
    const forever: Script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(': keep-alive\n\n'), 5);
      response.once('close', () => clearInterval(timer));
    };
    const { reply } = await ask(once(forever), { stream: true, idleTimeoutSeconds: 0.03 });
    expect(reply.answer).toBe('42');
  });

  it('but blank lines before a slow answer are no fault', async () => {
    const { reply, sent } = await ask(
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write('\n'), 10);
        setTimeout(() => {
          clearInterval(timer);
          response.end(JSON.stringify(completion({ content: '42' })));
        }, 300);
      },
      { idleTimeoutSeconds: 0.1 },
    );
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(1);
  });
});

describe('what cannot be waited out', () => {
  it.each([
    [401, 'unauthorized', /API key/],
    [402, 'payment-required', /balance/],
    [403, 'forbidden', /access/],
    [404, 'not-found', /baseUrl/],
  ])('a %i stops the run and says what to do, without the key', async (status, code, advice) => {
    const refuses: Script = (response) => json(response, status, { error: { message: 'Wrong key sk-secret-1 given' } });
    const error = await ask(refuses, { apiKey: 'sk-secret-1' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'LlmError',
      code,
      disposition: 'stop',
      message: expect.stringMatching(advice),
    });
    expect((error as Error).message).toContain('Wrong key *** given');
    expect((error as Error).message).toContain('model m');
  });

  it.each([
    [400, 'request-refused'],
    [413, 'request-too-large'],
    [422, 'request-refused'],
  ])('a %i is the record’s own fault', async (status, code) => {
    const refuses: Script = (response, _asked, number) =>
      number === 0
        ? json(response, status, { error: { message: 'too long' } })
        : json(response, 200, completion({ content: 'yes' }));
    await expect(ask(refuses)).rejects.toMatchObject({ code, disposition: 'dead-letter' });
  });

  it('a URL that is none', async () => {
    await expect(ask(answers({}), { baseUrl: 'localhost:8000' })).rejects.toMatchObject({ code: 'endpoint-invalid' });
  });

  it('an answer without end, also a compressed one, is no answer', async () => {
    const bomb = gzipSync(Buffer.alloc(maxPlainBytes + 1, 32));
    const script: Script = (response) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'content-length': bomb.length };
      response.writeHead(200, headers).end(bomb);
    };
    const { reply, sent } = await ask(once(script));
    expect(reply.answer).toBe('42');
    expect(sent).toHaveLength(2);
  });

  it('an abort, with its own reason and at once', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const pending = ask(() => controller.abort(reason), { signal: controller.signal });
    await expect(pending).rejects.toBe(reason);
  });
});
