import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { judgeScorer } from '../../../llm/ask/judge.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import type { ChatReply, ScoreReply } from '../../../llm/port.ts';
import { chunk, completion, json, type Script, scriptedServer } from '../scripted-server.ts';
import { ask, body, end, never, plain, stop, stream, text } from './ask-once.ts';

const framings: Record<string, (response: ServerResponse) => unknown> = {
  'as it should be': stream([...body, stop, end]),
  'a space behind DONE': stream([...body, stop, 'data: [DONE] \n\n']),
  'one line break before DONE': stream([...body, `${stop.trimEnd()}\n`, end]),
  'one line break after each piece': stream([...body, stop].map((piece) => `${piece.trimEnd()}\n`)),
  'text after DONE': stream([...body, stop, end, 'data: bye\n\n']),
  'an error after the finish': stream([...body, stop, 'data: {"error":{"message":"usage is down"}}\n\n', end]),
  'text after the finish': stream([...body, stop, 'data: oops\n\n']),
  'no finish': stream([...body, end]),
  'empty errors': stream([...body.map((one) => one.replace('{"object"', '{"error":"","object"')), stop, end]),
  'empty data': stream(['data: \n\n', 'data:\n\n', ...body, stop, end]),
  'plain text': stream([...body, stop, end], 'text/plain'),
  'JSON by its type': stream([...body, stop, end], 'application/json'),
  'no type': stream([...body, stop, end], null),
  'an object called a stream': stream([JSON.stringify(completion({ content: text }))]),
  'an object, then DONE': stream([`${JSON.stringify(completion({ content: text }))}\n\n${end}`]),
  'an object in pieces': stream([...JSON.stringify(completion({ content: text }))], 'application/json'),
  'usage where Groq has it': stream([
    ...body,
    stop.replace('{', '{"x_groq":{"usage":{"prompt_tokens":7,"completion_tokens":5}},'),
    end,
  ]),
  'comments first': stream([': processing\n\n', 'event: message\n', ...body, stop, end]),
  'parts as lists': stream([
    chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }),
    chunk({ content: [{ type: 'text', text }] }),
    stop,
  ]),
  'whole messages in the pieces': stream([
    stop.replace('"delta":{}', `"message":${JSON.stringify({ content: text })}`),
  ]),
  'a reset after the finish': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of [...body, stop]) response.write(piece);
    setTimeout(() => response.socket?.resetAndDestroy(), 30);
  },
  'a connection that is held open after DONE': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of [...body, stop, end]) response.write(piece);
  },
};

describe.each(['student', 'teacher', 'judge'] as const)(
  'a whole answer, to the %s, is taken with one request',
  (role) => {
    it.each(Object.entries(framings))('%s', async (_framing, script) => {
      const { reply, asked, error } = await ask(role, script);
      expect(error).toBeNull();
      if (role === 'judge') expect((reply as ScoreReply).scores).toEqual([0.5]);
      else expect((reply as ChatReply).answer).toBe(text);
      expect(asked).toHaveLength(1);
    });
  },
);

const pooled = JSON.stringify({ data: [{ data: [[0.25, 0.75]] }], usage: { prompt_tokens: 9, total_tokens: 9 } });

describe('a whole answer, to the prm, is taken with one request', () => {
  it.each<[string, (response: ServerResponse) => unknown]>([
    ['no type', plain([pooled])],
    ['plain text', plain([pooled], { 'content-type': 'text/plain' })],
    ['called a stream', plain([pooled], { 'content-type': 'text/event-stream' })],
    ['blank lines first', plain(['\n', ' \n', pooled])],
    ['in pieces', plain([...pooled])],
    ['an empty error beside', plain([pooled.replace('{"data"', '{"error":"","data"')])],
    ['a null error beside', plain([pooled.replace('{"data"', '{"error":null,"data"')])],
    ['no usage', plain([pooled.replace(/,"usage".*/, '}')])],
    ['usage that is nonsense', plain([pooled.replace(/"usage".*/, '"usage":"none"}')])],
    ['gzip, in capitals', plain([gzipSync(pooled)], { 'content-encoding': 'GZIP' })],
    ['zstd', plain([zstdCompressSync(pooled)], { 'content-encoding': 'zstd' })],
    ['an object, then DONE', plain([`${pooled}\n\ndata: [DONE]\n\n`], { 'content-type': 'text/event-stream' })],
    ['an object as an event', plain([`data: ${pooled}\n\ndata: [DONE]\n\n`], { 'content-type': 'text/event-stream' })],
  ])('%s', async (_framing, script) => {
    const { reply, asked, error } = await ask('prm', script);
    expect(error).toBeNull();
    expect((reply as ScoreReply).scores).toEqual([0.75]);
    expect(asked).toHaveLength(1);
  });

  it('and learns what its server does not take', async () => {
    const { reply, asked } = await ask('prm', (response, { body: sent }) =>
      'task' in (sent as object)
        ? json(response, 400, { error: { message: 'Extra inputs are not permitted: task' } })
        : plain([pooled])(response),
    );
    expect((reply as ScoreReply).scores).toEqual([0.75]);
    expect(asked).toHaveLength(2);
  });
});

describe('why a model stopped', () => {
  it.each([
    ['MAX_TOKENS', 'length'],
    ['max_tokens', 'length'],
    ['model_length', 'length'],
    ['FINISH_REASON_MAX_TOKENS', 'length'],
    [{ type: 'length' }, 'length'],
    [2, 'length'],
    ['end_turn', 'stop'],
    ['STOP', 'stop'],
    [{ type: 'stop' }, 'stop'],
    ['SAFETY', 'refused'],
    ['something new', 'other'],
    [null, 'other'],
  ])('%j is read as %s', async (finish, expected) => {
    const { reply } = await ask('student', (response) =>
      json(response, 200, completion({ content: 'x' }, {}, finish as string)),
    );
    expect(reply).toMatchObject({ finish: expected });
  });

  it('is the limit where a server knows none', async () => {
    const endless: Script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(chunk({ content: 'and on '.repeat(50) }).repeat(40)), 1);
      response.on('close', () => clearInterval(timer));
    };
    const { reply, asked } = await ask('teacher', endless);
    expect(reply).toMatchObject({ finish: 'length' });
    expect(asked).toHaveLength(1);
  });
});

describe('a body in a content coding', () => {
  const coded: [string, (bytes: Buffer) => Buffer][] = [
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['identity', (bytes) => bytes],
    ['gzip, br', (bytes) => brotliCompressSync(gzipSync(bytes))],
  ];
  it.each(coded)('%s is undone', async (coding, code) => {
    for (const role of ['student', 'judge', 'prm'] as const) {
      const answer = role === 'prm' ? { data: [{ data: [[0.5, 0.5]] }] } : completion({ content: text });
      const { error, asked } = await ask(role, (response) => {
        response.writeHead(200, { 'content-encoding': coding }).end(code(Buffer.from(JSON.stringify(answer))));
      });
      expect(error).toBeNull();
      expect(asked).toHaveLength(1);
    }
  });
});

describe('an answer that is all in the thinking', () => {
  it('is a student’s answer, where it stopped by itself', async () => {
    const all: Script = (response) => json(response, 200, completion({ content: null, reasoning_content: 'So 4.' }));
    expect((await ask('student', all)).reply).toMatchObject({ answer: 'So 4.', reasoning: '' });
    expect((await ask('teacher', all)).reply).toMatchObject({ answer: '', reasoning: 'So 4.' });
  });

  it('said beside and inside is one', async () => {
    const twice = completion({ content: '<think>hm</think>4', reasoning_content: 'hm' });
    const { reply } = await ask('teacher', (response) => json(response, 200, twice));
    expect(reply).toMatchObject({ answer: '4', reasoning: 'hm' });
  });
});

describe('what a server does not take', () => {
  const gpt5: Script = (response, { body: sent }) => {
    const refuse = (name: string) =>
      json(response, 400, { error: { message: `Unsupported parameter: '${name}' is not supported with this model.` } });
    if ('max_tokens' in sent)
      return json(response, 400, {
        error: {
          message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
          param: 'max_tokens',
        },
      });
    for (const name of ['temperature', 'logprobs']) if (name in sent) return refuse(name);
    return json(response, 200, completion({ content: text }));
  };

  it.each(['student', 'teacher', 'judge'] as const)('is learnt from the first refusals, by the %s', async (role) => {
    const { error, asked } = await ask(role, gpt5, { temperature: 0 });
    expect(error).toBeNull();
    expect(asked.length).toBeLessThanOrEqual(3);
    expect(asked.at(-1)!.body).toHaveProperty('max_completion_tokens');
    expect(asked.at(-1)!.body).not.toHaveProperty('temperature');
  });

  it('is remembered, and said once', async () => {
    await using server = await scriptedServer(gpt5);
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 1 });
    const model = chatModel({ model: 'm', maxTokens: 10, temperature: 1 }, { endpoint: door, stream: false });
    for (const problem of ['1', '2', '3'])
      await model({ problem, messages: [{ role: 'user', content: 'x' }], sample: 0 }, never);
    expect(server.asked).toHaveLength(3 + 2);
    expect(door.states()[0]!.notes).toEqual([
      'sends max_completion_tokens: it takes no max_tokens',
      'leaves out temperature: it takes none',
    ]);
    await door.close();
  });

  it.each([
    ['temperature', 'invalid temperature: only 1 is allowed for this model'],
    ['temperature', 'The parameter `temperature` is not valid for this model'],
    ['temperature', "This model doesn't accept temperature"],
    ['temperature', 'temperature is no longer supported'],
    ['temperature', "Invalid value for 'temperature': must be 1 for reasoning models"],
    ['top_p', '`temperature` and `top_p` cannot both be specified for this model. Please use only one.'],
    ['seed', "Parameter 'seed' must be omitted"],
    ['seed', "property 'seed' is not implemented"],
    ['max_tokens', "Please use 'max_completion_tokens' instead of 'max_tokens'"],
  ])('is learnt of %s from: %s', async (name, message) => {
    const picky: Script = (response, { body: sent }) =>
      name in sent ? json(response, 400, { error: { message } }) : json(response, 200, completion({ content: text }));
    const { error, asked } = await ask('student', picky, { temperature: 0.6, topP: 0.9, seed: 1 });
    expect(error).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it.each([
    'temperature must be 1.5 or less',
    'temperature must be between 0 and 1',
    'temperature must be 2 to be valid',
  ])('is not learnt from: %s', async (message) => {
    const { asked } = await ask('student', (response) => json(response, 400, { error: { message } }), {
      temperature: 7,
    });
    expect(asked.every(({ body: sent }) => 'temperature' in sent || (sent.messages as []).length === 0)).toBe(true);
  });

  it('is not taken from the user, nor where a value is out of its range', async () => {
    const refusing: Script = (response) =>
      json(response, 400, { error: { message: "Unsupported value: 'temperature' does not support 7" } });
    const { asked } = await ask('student', refusing, { extraBody: { temperature: 7 } });
    expect(asked.every(({ body: sent }) => sent.temperature === 7)).toBe(true);
  });

  it('is asked for the rubric by a judge whose log-probabilities are refused', async () => {
    await using server = await scriptedServer((response, { body: sent }) =>
      'logprobs' in sent
        ? json(response, 400, { error: { message: 'logprobs is not supported by this model' } })
        : json(response, 200, completion({ content: text })),
    );
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 1 });
    const judge = judgeScorer({ model: 'm' }, { endpoint: door });
    const score = { problem: 'p', statement: 's', steps: ['one'], reference: '4', sample: 0 };
    expect((await judge(score, never)).scores).toEqual([0.5]);
    expect((await judge(score, never)).scores).toEqual([0.5]);
    expect(server.asked).toHaveLength(4);
    await door.close();
  });
});

describe('what a server wants', () => {
  const ok: Script = (response) => json(response, 200, completion({ content: '4</think>So 4.' }));

  it('is sent: headers, a query with every path, a key without its line end', async () => {
    await using server = await scriptedServer(ok);
    const door = endpoint({
      baseUrl: `${server.url}/v1?api-version=2026-01-01`,
      model: 'm',
      apiKey: 'sk-abcdefgh\r\n',
      concurrency: 1,
      headers: { 'api-key': 'azure' },
    });
    const model = chatModel({ model: 'm', maxTokens: 10 }, { endpoint: door, stream: false });
    await model({ problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 }, never);
    expect(server.asked[0]).toMatchObject({
      path: '/v1/chat/completions?api-version=2026-01-01',
      headers: { 'api-key': 'azure', authorization: 'Bearer sk-abcdefgh' },
    });
    await door.close();
  });

  it.each(['sk-“abcdefgh”', 'sk-abc\r\ndefgh', 'sk-abcdéfgh', '"sk-abcdefgh"', 'Bearer sk-abcdefgh'])(
    'is refused at once where no request can carry it: %j',
    (apiKey) => {
      const settings = { baseUrl: 'http://127.0.0.1:1', model: 'm', apiKey, concurrency: 1 };
      expect(() => endpoint(settings)).toThrow(/apiKey of m holds (?:the character U\+|quotes|the word Bearer)/);
      expect(() => endpoint(settings)).not.toThrow(/abc/);
    },
  );

  it('is a beginning of the answer, which is part of it', async () => {
    const { reply, asked } = await ask('student', ok, { prefill: '<think>\n' });
    expect(reply).toMatchObject({ reasoning: '4', answer: 'So 4.' });
    expect(asked[0]!.body).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant', content: '<think>\n' }],
      continue_final_message: true,
    });
  });

  it('is thinking in its own words', async () => {
    const { asked } = await ask('student', ok, { thinking: { tokens: 1000 } });
    expect(asked[0]!.body).toMatchObject({
      chat_template_kwargs: { enable_thinking: true },
      thinking_token_budget: 1000,
    });
  });
});

describe('a redirect', () => {
  it('within the origin is followed with its body', async () => {
    const { reply, asked } = await ask('student', (response, { path }) =>
      path.startsWith('/moved')
        ? json(response, 200, completion({ content: 'x' }))
        : response.writeHead(307, { location: '/moved' }).end(),
    );
    expect(reply).toMatchObject({ answer: 'x' });
    expect(asked[1]!.body).toEqual(asked[0]!.body);
  });

  it('to another origin is refused, and nothing is sent there', async () => {
    await using other = await scriptedServer((response) => json(response, 200, completion({ content: 'x' })));
    const { error } = await ask('student', (response) =>
      response.writeHead(308, { location: `${other.url}/v1` }).end(),
    );
    expect(error).toMatchObject({
      code: 'endpoint-invalid',
      message: expect.stringContaining(`redirects to ${other.url}`),
    });
    expect(other.asked).toHaveLength(0);
  });
});

describe('a server that plays the key back', () => {
  const apiKey = 'sk-0123456789abcdef';
  const forms = [apiKey, Buffer.from(apiKey).toString('base64'), apiKey.slice(0, 10)];
  it.each(forms)('%s: is found neither in an answer nor in an error', async (form) => {
    const said = await ask('teacher', stream([chunk({ content: `key ${form}` }), stop]), { apiKey });
    expect((said.reply as ChatReply).answer).toContain('key ***');
    expect((said.reply as ChatReply).answer).not.toContain(form);
    for (const script of [
      (response: ServerResponse) => json(response, 200, { error: { code: 401, message: `bad ${form}` } }),
      (response: ServerResponse) => json(response, 401, { error: { message: `bad ${form}` } }),
      (response: ServerResponse) => response.writeHead(200).end(`<html>${form}`),
    ]) {
      const { error } = await ask('student', script, { apiKey });
      expect(error!.message).toContain('***');
      expect(error!.message).not.toContain(form);
    }
  });
});
