import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { ChatReply, ScoreReply } from '../../../llm/port.ts';
import { completion, json, type Script } from '../scripted-server.ts';
import { ask, plain, type Role, stream, text } from './ask-once.ts';

const roles = ['student', 'teacher', 'judge', 'prm'] as const;
const chats = ['student', 'teacher', 'judge'] as const;
const pooled = JSON.stringify({ data: [{ data: [[0.5, 0.5]] }], usage: { prompt_tokens: 9, total_tokens: 9 } });
const whole = (role: Role): string => (role === 'prm' ? pooled : JSON.stringify(completion({ content: text })));
const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

/** As their documentation has it, or as it was seen: the status, and what stands in the body. */
const passes: [string, number, unknown][] = [
  ['Qianfan, too many a second', 200, { error_code: 18, error_msg: 'Open api qps request limit reached' }],
  ['Qianfan, busy', 200, { error_code: 336100, error_msg: 'the server is busy, please try again later' }],
  ['AWS, under a 400', 400, { __type: 'com.amazon.coral.service#ThrottlingException', message: 'Rate exceeded' }],
  ['a proxy that hands a 429 on as 400', 400, { error: { message: 'slow down', type: 'None', code: '429' } }],
  ['Tencent', 200, { Response: { Error: { Code: 'RequestLimitExceeded', Message: 'slow' }, RequestId: 'r' } }],
  ['Zhipu, too many at once', 429, { error: { code: '1302', message: '您当前使用该API的并发数过高' } }],
  [
    'Gemini, whose word for a rate is quota',
    429,
    [
      {
        error: {
          code: 429,
          message: 'You exceeded your current quota, please check your plan and billing details. Please retry in 0.1s.',
          status: 'RESOURCE_EXHAUSTED',
        },
      },
    ],
  ],
];

const noMoney: [string, number, unknown][] = [
  ['Zhipu', 429, { error: { code: '1113', message: '您的账户已欠费，请充值后重试。' } }],
  ['Fireworks', 412, { error: { message: 'Account x is suspended, possibly due to reaching the spending limit' } }],
  ['Qianfan', 200, { error_code: 17, error_msg: 'Open api daily request limit reached' }],
  ['one-api', 403, { error: { message: '用户额度不足', type: 'new_api_error', code: 'insufficient_user_quota' } }],
];

const wrongSettings: [string, number, unknown, string][] = [
  [
    'LM Studio without /v1',
    200,
    { error: 'Unexpected endpoint or method. (POST /x). Returning 200 anyway' },
    'not-found',
  ],
  ['Qianfan, an old token', 200, { error_code: 110, error_msg: 'Access token invalid' }, 'unauthorized'],
  ['Tencent, a wrong key', 200, { Response: { Error: { Code: 'AuthFailure.SecretIdNotFound' } } }, 'unauthorized'],
];

describe.each(roles)('what gateways say, to the %s', (role) => {
  it.each(passes)('is waited out: %s', async (_who, status, said) => {
    const { asked, error } = await ask(role, (response, _asked, number) =>
      number === 0 ? json(response, status, said) : plain([whole(role)])(response),
    );
    expect(error).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it.each(noMoney)('is the end of the money: %s', async (_who, status, said) => {
    const { asked, error } = await ask(role, (response) => json(response, status, said));
    expect(error).toMatchObject({ code: 'payment-required' });
    expect(asked).toHaveLength(1);
  });

  it.each(wrongSettings)('is a wrong setting: %s', async (_who, status, said, code) => {
    const { asked, error } = await ask(role, (response) => json(response, status, said));
    expect(error).toMatchObject({ code });
    expect(asked.length).toBeLessThanOrEqual(3);
  });
});

describe('an account without money, by words alone', () => {
  it('is named where the endpoint treats every request so', async () => {
    const said = { code: 30001, message: 'Sorry, your account balance is insufficient', data: null };
    const { error } = await ask('teacher', (response) => json(response, 403, said));
    expect(error).toMatchObject({ code: 'payment-required' });
  });
});

describe('a connection that no waiting mends', () => {
  it('of TLS to a server without it stops, and says what to write', async () => {
    const { asked, error } = await ask(
      'teacher',
      () => {},
      {},
      (url) => url.replace('http:', 'https:'),
    );
    expect(error).toMatchObject({ code: 'endpoint-invalid', message: expect.stringContaining('http://') });
    expect(asked).toHaveLength(0);
  });

  it('that is led nowhere stops with one call', async () => {
    const { asked, error } = await ask('teacher', (response) => response.writeHead(302).end());
    expect(error).toMatchObject({ code: 'endpoint-invalid', message: expect.stringContaining('302') });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [407, 'unauthorized'],
    [403, 'endpoint-invalid'],
  ])('of a proxy that answers %i stops', async (status, code) => {
    const proxy = createProxy().on('connect', (_request, socket) =>
      socket.on('error', () => {}).end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`),
    );
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const { port } = proxy.address() as { port: number };
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${port}`);
    const { error } = await ask(
      'teacher',
      () => {},
      {},
      () => 'https://models.invalid/v1',
    );
    vi.unstubAllEnvs();
    expect(error).toMatchObject({ code, message: expect.stringContaining('proxy') });
    proxy.close();
  });

  it('of another protocol stops after few tries', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.6\r\n'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const { error } = await ask(
      'student',
      () => {},
      {},
      () => `http://127.0.0.1:${port}`,
    );
    expect(error).toMatchObject({ code: 'answers-nothing-readable', message: expect.stringContaining('not in HTTP') });
    server.close();
  });
});

/** Refused with 400 or 422 as long as the body has the field. */
const refusing =
  (field: string, said: unknown, role: Role = 'teacher', status = 400): Script =>
  (response, { body }) =>
    field in body ? json(response, status, said) : plain([whole(role)])(response);

describe('what a server does not take is left out', () => {
  it('a stream, where the account may have none', async () => {
    const message = 'Your organization must be verified to stream this model.';
    const said = { error: { message, type: 'invalid_request_error', param: 'stream', code: 'unsupported_value' } };
    const { reply, asked, error } = await ask('teacher', refusing('stream', said));
    expect(error).toBeNull();
    expect((reply as ChatReply).answer).toBe(text);
    expect(asked.map(({ body }) => 'stream' in body || 'stream_options' in body)).toEqual([true, false]);
  });

  it('but not the stream, where its options are refused', async () => {
    const detail = [
      { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' },
    ];
    const { asked, error } = await ask('teacher', refusing('stream_options', { detail }, 'teacher', 422));
    expect(error).toBeNull();
    expect(asked.at(-1)?.body.stream).toBe(true);
  });

  it.each([
    ['five alternatives at most', { error: { message: "Invalid 'top_logprobs': integer above maximum value (<= 5)" } }],
    ['TGI’s name', { error: 'Input validation error: `top_n_tokens` must be >= 0 and <= 5. Given: 20' }],
    ['another type', { error: { message: 'logprobs: expected integer, received boolean', param: 'logprobs' } }],
  ])('log-probabilities of a judge, whatever is said of them: %s', async (_what, said) => {
    const { reply, error } = await ask('judge', refusing('logprobs', said, 'judge'), { by: 'auto' });
    expect(error).toBeNull();
    expect((reply as ScoreReply).scores).toEqual([0.5]);
  });

  it('log-probabilities, where no provider behind OpenRouter gives them', async () => {
    const message = 'No endpoints found that can handle the requested parameters.';
    const { error } = await ask('judge', refusing('logprobs', { error: { message, code: 404 } }, 'judge', 404), {
      by: 'auto',
    });
    expect(error).toBeNull();
  });

  it('the one token that a judge asks for, where more have to be', async () => {
    const message =
      "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 1 instead.";
    const { reply, asked, error } = await ask(
      'judge',
      (response, { body }) =>
        Number(body.max_tokens) < 16
          ? json(response, 400, { error: { message, param: 'max_output_tokens' } })
          : plain([whole('judge')])(response),
      { by: 'auto' },
    );
    expect(error).toBeNull();
    expect((reply as ScoreReply).scores).toEqual([0.5]);
    expect(asked.map(({ body }) => body.max_tokens)).toEqual([1, 16, 2048]);
  });
});

describe.each(chats)('a stream of a server of completions, to the %s', (role) => {
  it('is read by its texts', async () => {
    const piece = (one: string, finish: string | null) =>
      event({ choices: [{ index: 0, text: one, finish_reason: finish }] });
    const script = stream([piece(text.slice(0, 5), null), piece(text.slice(5), 'stop'), 'data: [DONE]\n\n']);
    const { reply, asked, error } = await ask(role, script);
    expect(error).toBeNull();
    if (role !== 'judge') expect((reply as ChatReply).answer).toBe(text);
    expect(asked).toHaveLength(1);
  });
});

describe('an answer', () => {
  const said = 'The answer is 4.';
  it.each<[string, object]>([
    ['in a frame of Marco-o1', { content: `<Thought>hm</Thought>\n<Output>\n${said}\n</Output>` }],
    [
      'in parts as Bedrock has them',
      { content: [{ reasoningContent: { reasoningText: { text: 'hm', signature: 's' } } }, { text: said }] },
    ],
  ])('%s', async (_form, message) => {
    const { reply } = await ask('teacher', (response) => json(response, 200, completion(message)));
    expect(reply).toMatchObject({ reasoning: 'hm', answer: said });
  });
});

describe('why a model stopped', () => {
  it.each([
    ['normal', 'stop'],
    ['EosToken', 'stop'],
    ['maxPredictedTokensReached', 'length'],
    [['length'], 'length'],
    ['ERROR_TOXIC', 'refused'],
  ])('%j is %s', async (finish, expected) => {
    const { reply } = await ask('student', (response) =>
      json(response, 200, completion({ content: 'x' }, {}, finish as string)),
    );
    expect(reply).toMatchObject({ finish: expected });
  });
});
