import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ChatReply, ScoreReply } from '../../../llm/port.ts';
import { chunk, completion, json, type Script } from '../scripted-server.ts';
import { ask, body, end, plain, type Role, stop, stream, text } from './ask-once.ts';

const roles = ['student', 'teacher', 'judge', 'prm'] as const;
const chats = ['student', 'teacher', 'judge'] as const;
const pooled = JSON.stringify({ data: [{ data: [[0.5, 0.5]] }], usage: { prompt_tokens: 9, total_tokens: 9 } });
const whole = (role: Role): string => (role === 'prm' ? pooled : JSON.stringify(completion({ content: text })));

const everyPiece = (finish: unknown): string[] =>
  body.map((piece) => piece.replace('"finish_reason":null', `"finish_reason":${JSON.stringify(finish)}`));

const cutOff = (pieces: readonly string[]) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of pieces) response.write(piece);
  setTimeout(() => response.socket?.resetAndDestroy(), 30);
};

const messages = (...contents: string[]): string[] =>
  contents.map((content, index) =>
    stop
      .replace('"delta":{}', `"message":${JSON.stringify({ content })}`)
      .replace('"stop"', index === contents.length - 1 ? '"stop"' : 'null'),
  );

const noError = '{"message":null,"type":"","code":null}';
const withBeside = (role: Role, beside: string): string => whole(role).replace('{', `{${beside},`);

describe.each(chats)('a stream with a habit, to the %s, is taken with one request', (role) => {
  it.each<[string, Script]>([
    ['an empty finish in every piece', stream([...everyPiece(''), stop, end])],
    ['"null" for a finish in every piece', stream([...everyPiece('null'), stop, end])],
    ['an empty object for a finish in every piece', stream([...everyPiece({}), stop, end])],
    ['0 for a finish in every piece', stream([...everyPiece(0), stop, end])],
    ['FINISH_REASON_UNSPECIFIED in every piece', stream([...everyPiece('FINISH_REASON_UNSPECIFIED'), stop, end])],
    ['pings between the pieces', stream(['data: ping\n\n', ...body, 'data: [PING]\n\n', stop, end])],
    ['null between the pieces', stream(['data: null\n\n', ...body, 'data: ""\n\n', stop, end])],
    ['a first event that says start', stream(['data: [START]\n\n', ...body, stop, end])],
    ['DONE in small letters', stream([...body, 'data: [done]\n\n'])],
    ['DONE in quotes', stream([...body, 'data: "[DONE]"\n\n'])],
    ['DONE without brackets', stream([...body, 'data: DONE\n\n'])],
    ['choices that are null', stream([chunk({}).replace(/"choices":.*]/, '"choices":null'), ...body, stop, end])],
    ['a choice that is null', stream([chunk({}).replace(/"choices":.*]/, '"choices":[null]'), ...body, stop, end])],
    ['an index that is a text', stream([...body, stop].map((one) => one.replace('"index":0', '"index":"0"')))],
    ['no index', stream([...body, stop].map((one) => one.replace('"index":0,', '')))],
    ['a second choice beside', stream([...body, chunk({ content: 'x' }).replace('"index":0', '"index":1'), stop, end])],
    ['the whole message at the end again', stream([...body, ...messages(text), end])],
    ['the whole so far in every piece', stream(messages(text.slice(0, 4), text.slice(0, 9), text))],
    ['CR LF', stream([...body, stop, end].map((one) => one.replaceAll('\n', '\r\n')))],
    ['a byte order mark', stream(['\ufeff', ...body, stop, end])],
    ['names and numbers of events', stream([...body, stop].map((one, at) => `event: message\nid: ${at}\n${one}`))],
    ['no space behind the colon', stream([...body, stop, end].map((one) => one.replace('data: ', 'data:')))],
    ['usage of nonsense', stream([...body, stop.replace('{"object"', '{"usage":"many","object"'), end])],
    ['lines that are called nothing', stream([...body, stop].map((one) => `${one.slice(6).trimEnd()}\n`))],
    [
      'a number that is none',
      stream([...body.map((one) => one.replace('{"object"', '{"score":NaN,"object"')), stop, end]),
    ],
    ['an error that says nothing', stream([...body.map((one) => one.replace('{', `{"error":${noError},`)), stop, end])],
    ['a reset after one line break', cutOff([...body, stop.trimEnd(), '\n'])],
    ['a reset after no line break', cutOff([...body, stop.trimEnd()])],
    ['a reset after DONE', cutOff([...body, end])],
    ['one line break after each piece, then a reset', cutOff([...body, stop].map((one) => `${one.trimEnd()}\n`))],
  ])('%s', async (_habit, script) => {
    const { reply, asked, error } = await ask(role, script);
    expect(error).toBeNull();
    if (role === 'judge') expect((reply as ScoreReply).scores).toEqual([0.5]);
    else expect((reply as ChatReply).answer).toBe(text);
    expect(asked).toHaveLength(1);
  });
});

describe.each(roles)('a body with a habit, to the %s, is taken with one request', (role) => {
  const of = (headers: Record<string, string>, change = (one: string): string | Buffer => one): Script =>
    plain([change(whole(role))], headers);
  it.each<[string, Script]>([
    ['called gzip, and undone by then', of({ 'content-encoding': 'gzip' })],
    ['called zstd, and undone by then', of({ 'content-encoding': 'zstd' })],
    ['in the coding utf-8', of({ 'content-encoding': 'UTF-8' })],
    ['in the coding none', of({ 'content-encoding': 'none' })],
    ['gzip with a parameter', of({ 'content-encoding': 'gzip;q=1.0' }, (one) => gzipSync(one))],
    [
      'gzip, with bytes behind it',
      of({ 'content-encoding': 'gzip' }, (one) => Buffer.concat([gzipSync(one), Buffer.alloc(8)])),
    ],
    ['gzip without its checksum', of({ 'content-encoding': 'gzip' }, (one) => gzipSync(one).subarray(0, -8))],
    ['a byte order mark', of({}, (one) => `\ufeff${one}`)],
    ['called HTML', of({ 'content-type': 'text/html' })],
    ['a number that is none', plain([withBeside(role, '"a":"NaN \\"","score":NaN')])],
    ['a logarithm of nothing', plain([withBeside(role, '"logprob":-Infinity,"most":Infinity')])],
    ['zero bytes behind it', plain([`${whole(role)}\0\0`])],
    ['an error that says nothing', plain([withBeside(role, `"error":${noError}`)])],
    ['an error that is called null', plain([withBeside(role, '"error":"null"')])],
    ['an error that is called none', plain([withBeside(role, '"error":"None"')])],
    ['an error of code 0', plain([withBeside(role, '"error":{"code":0,"message":""}')])],
    ['an error that is a success', plain([withBeside(role, '"error":{"code":"Success","message":"done"}')])],
    [
      'a reset behind it',
      (response) => {
        response.writeHead(200, { 'content-length': String(whole(role).length + 10) });
        response.write(whole(role));
        setTimeout(() => response.socket?.resetAndDestroy(), 30);
      },
    ],
  ])('%s', async (_habit, script) => {
    const { asked, error } = await ask(role, script);
    expect(error).toBeNull();
    expect(asked).toHaveLength(1);
  });
});

describe.each(chats)('an answer that is no message, to the %s, is taken with one request', (role) => {
  const only =
    (fields: object): Script =>
    (response) =>
      json(response, 200, { ...completion({}), choices: [{ index: 0, finish_reason: 'stop', ...fields }] });
  it.each<[string, Script]>([
    ['a text, as of completions', only({ text })],
    ['the piece of a stream', only({ delta: { content: text } })],
  ])('%s', async (_form, script) => {
    const { asked, error } = await ask(role, script);
    expect(error).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('and one that is nothing is none', async () => {
    const { asked, error } = await ask(role, only({}));
    expect(error).toMatchObject({ code: 'answers-nothing-readable' });
    expect(asked.length).toBeLessThan(20);
  });
});

describe('thinking in a field of its own', () => {
  const answer = 'The answer is 4.';
  it.each<[string, object]>([
    ['reasoning_text', { content: answer, reasoning_text: 'hm' }],
    ['thought', { content: answer, thought: 'hm' }],
    ['what LiteLLM puts beside', { content: answer, provider_specific_fields: { reasoning_content: 'hm' } }],
    [
      'a part that is a thought',
      {
        content: [
          { type: 'thought', text: 'hm' },
          { type: 'text', text: answer },
        ],
      },
    ],
    ['a part that says that it is one', { content: [{ text: 'hm', thought: true }, { text: answer }] }],
    ['and an answer tag that is not closed', { content: '<think>hm</think><answer>The answer is 4.' }],
  ])('%s', async (_field, message) => {
    const plainly = await ask('teacher', (response) => json(response, 200, completion(message)));
    expect(plainly.reply).toMatchObject({ reasoning: 'hm', answer });
    const streamed = await ask('teacher', stream([chunk(message), stop, end]));
    expect(streamed.reply).toMatchObject({ reasoning: 'hm', answer });
  });
});

describe('why a model stopped, in other spellings', () => {
  it.each([
    ['max_completion_tokens', 'length'],
    ['max-tokens', 'length'],
    ['Max Tokens', 'length'],
    ['FinishReason.MAX_TOKENS', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['truncated', 'length'],
    ['incomplete', 'length'],
    ['token_limit_reached', 'length'],
    [{ name: 'MAX_TOKENS' }, 'length'],
    [{ type: 'length', length: 100 }, 'length'],
    ['Stop', 'stop'],
    ['FinishReason.STOP', 'stop'],
    ['end-turn', 'stop'],
    ['content-filter', 'refused'],
    ['guardrail_intervened', 'refused'],
    ['IMAGE_SAFETY', 'refused'],
  ])('%j is read as %s', async (finish, expected) => {
    const plainly = await ask('student', (response) =>
      json(response, 200, completion({ content: 'x' }, {}, finish as string)),
    );
    expect(plainly.reply).toMatchObject({ finish: expected });
    const streamed = await ask('teacher', stream([chunk({ content: 'x' }), chunk({}, finish as string), end]));
    expect(streamed.reply).toMatchObject({ finish: expected });
  });
});

/** Refused for good: the run, or this record, with one request. */
const stops: [string, unknown, string][] = [
  ['a number beside the text', { error: 'no money', code: 402 }, 'payment-required'],
  ['a number without a wrapping', { code: 401, message: 'who are you?' }, 'unauthorized'],
  ['statusCode', { statusCode: 402, message: 'Payment Required' }, 'payment-required'],
  ['a list of one', [{ error: { code: 401, status: 'UNAUTHENTICATED' } }], 'unauthorized'],
  ['a name alone', { error: { status: 'UNAUTHENTICATED' } }, 'unauthorized'],
  ['a list of errors', { errors: [{ code: 402, message: 'no balance' }] }, 'payment-required'],
  ['a status that is handed on in words', { error: { message: 'Error code: 401 - bad key' } }, 'unauthorized'],
  ['a quota that is used up', { error: { code: 429, type: 'exceeded_current_quota_error' } }, 'payment-required'],
  ['a balance, under a number', { error: { code: 429, message: 'Please recharge.' } }, 'payment-required'],
  ['the billing of a cloud', { code: 'Arrearage', message: 'overdue' }, 'payment-required'],
];

/** Waited out: asked again until it answers. */
const waits: [string, unknown][] = [
  ['a number without a wrapping', { status: 429, title: 'Too Many Requests' }],
  ['a name in capitals', { error: { type: 'RATE_LIMIT_EXCEEDED' } }],
  ['a name of a cloud', { code: 'Throttling.RateQuota', message: 'slow down' }],
  ['an error that is a text', { error: 'upstream timed out' }],
  ['a number as a text', { error: { code: '503', message: 'busy' } }],
  ['a list of one', [{ error: { code: 429 } }]],
];

describe.each(roles)('an error in a 200, to the %s', (role) => {
  it.each(stops)('stops: %s', async (_form, said, code) => {
    const { asked, error } = await ask(role, (response) => json(response, 200, said));
    expect(error).toMatchObject({ code });
    expect(asked).toHaveLength(1);
  });

  it.each(waits)('is waited out: %s', async (_form, said) => {
    const { asked, error } = await ask(role, (response, _asked, number) =>
      number === 0 ? json(response, 200, said) : plain([whole(role)])(response),
    );
    expect(error).toBeNull();
    expect(asked).toHaveLength(2);
  });
});

describe.each(roles)('a status that is rare, to the %s', (role) => {
  it.each([
    [407, 'unauthorized'],
    [414, 'refuses-everything'],
    [426, 'endpoint-invalid'],
    [451, 'forbidden'],
  ])('%i stops as %s where nothing was ever answered', async (status, code) => {
    const { asked, error } = await ask(role, (response) => json(response, status, { error: { message: 'no' } }));
    expect(error).toMatchObject({ code });
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it.each([408, 409, 425, 498, 520, 524, 529])('%i is waited out', async (status) => {
    const { asked, error } = await ask(role, (response, _asked, number) =>
      number === 0 ? json(response, status, { error: { message: 'no' } }) : plain([whole(role)])(response),
    );
    expect(error).toBeNull();
    expect(asked).toHaveLength(2);
  });
});
