import { once } from 'node:events';
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type Serving, serveVerifier } from '../../../cli/verify/serve.ts';
import { ownDomains } from '../../../domains/registry.ts';
import type { Verifiers } from '../../../flow/wiring/open-verifiers.ts';
import { maskOf } from '../../../llm/mask.ts';
import type { Judgement } from '../../../verifiers/port.ts';
import { holdsKey, writings } from '../secrets/played-back.ts';

const key = 'sk-Pr0j/aBc+dEf"gHi&jKl=mNoP9';
const right = (reason: string): Judgement => ({
  ...{ verdict: 'right', reason, extracted: reason, found: null, passedShare: null },
});
const open: Serving[] = [];
const serve = async (verify: Verifiers['verify'] = async () => right('fine')) => {
  const verifiers = { verify, close: async () => {} } as unknown as Verifiers;
  const mask = maskOf([key]);
  open.push(await serveVerifier({ address: '127.0.0.1:0', token: undefined, domains: ownDomains, verifiers, mask }));
  return `${open.at(-1)!.url}/verify`;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const row = JSON.stringify({ answer: '7', response: 'It is 7.' });

/** A request whose headers, path and end are the caller's. */
const call = (url: string, options: RequestOptions, body?: string) => {
  const sent = request(url, { method: 'POST', agent: false, ...options });
  if (body !== undefined) sent.end(body);
  const answered = once(sent, 'response').then(async ([response]) => ({
    status: response.statusCode as number,
    headers: response.headers as IncomingHttpHeaders,
    text: await textOf(response),
  }));
  answered.catch(() => {});
  sent.on('error', () => {});
  return { sent, answered };
};
const statusOf = async (url: string, options: RequestOptions) =>
  (await call(url, options, `[${row}]`).answered.catch((error: Error) => ({ status: error.message }))).status;

describe('a caller of the verifier that means no good', () => {
  it('as a page in a browser of this machine is not answered, whatever name it has', async () => {
    const url = await serve();
    expect(await statusOf(url, { headers: { origin: 'https://a.example' } })).toBe(401);
    expect(await statusOf(url, { headers: { origin: 'null' } })).toBe(401);
    expect(await statusOf(url, { headers: { host: 'a.example:8765' } })).toBe(401);
    expect(await statusOf(url, { headers: { host: '127.0.0.1.a.example' } })).toBe(401);
    expect(await statusOf(url, { headers: { host: 'localhost' } })).toBe(200);
  });

  it('finds nothing under another path, and no room for large headers', async () => {
    const url = await serve();
    for (const path of ['/verify/../../etc/passwd', '//verify', '/verify?', '/%2e%2e/verify', '*', '/'])
      expect(await statusOf(url, { path })).toBe(404);
    expect(await statusOf(url, { headers: { cookie: 'x'.repeat(100_000) } })).toBe(431);
    expect(await statusOf(url, {})).toBe(200);
  });

  it('is told so where its body is too large, or too many are in hand, and others are answered again when it has left', async () => {
    const url = await serve();
    const megabytes = (count: number) => `[${' '.repeat(count * 2 ** 20)}`;
    const alone = call(url, {});
    alone.sent.write(megabytes(65));
    expect(await alone.answered).toMatchObject({ status: 413 });
    const several = Array.from({ length: 5 }, () => call(url, {}));
    for (const { sent } of several) sent.write(megabytes(60));
    expect((await Promise.race(several.map(({ answered }) => answered))).status).toBe(503);
    for (const { sent } of several) sent.destroy();
    let status: unknown = 503;
    while (status === 503) status = await statusOf(url, {});
    expect(status).toBe(200);
  });

  it('is not judged for any more once it has left', async () => {
    let begun = 0;
    const url = await serve(async (_task, signal) => {
      begun++;
      left.sent.destroy();
      await once(signal, 'abort');
      return right('too late');
    });
    const left = call(url, {}, `[${new Array(100).fill(row).join()}]`);
    await expect(left.answered).rejects.toThrow();
    await open.splice(0)[0]!.close();
    expect(begun).toBeLessThanOrEqual(8);
  });

  it('with a row of too many names, or one that is none, costs its neighbours nothing', async () => {
    const url = await serve();
    const wide = `{${Array.from({ length: 60_000 }, (_, index) => `"name${index}":1`).join()}}`;
    const { text } = await call(url, {}, `[${[row, wide, '{"a"}', row].join()}]`).answered;
    const verdicts = (JSON.parse(text) as Judgement[]).map(({ verdict, reason }) => `${verdict}: ${reason}`);
    expect(verdicts[0]).toBe('right: fine');
    expect(verdicts[1]).toMatch(/unverifiable: line 2 holds more than 50000 names/);
    expect(verdicts[2]).toMatch(/unverifiable: line 3 is not JSON/);
    expect(verdicts[3]).toBe('right: fine');
  });

  it('gets no key of a grader that plays it back', async () => {
    const played = Object.entries(writings).map(([name, write]) => ({ name, text: write(key) }));
    let at = 0;
    const url = await serve(async () => right(`I was asked with ${played[at++]!.text}, said the grader.`));
    const { text } = await call(url, {}, `[${played.map(() => row).join()}]`).answered;
    const judged = JSON.parse(text) as Judgement[];
    expect(judged.filter(({ reason }) => holdsKey(reason, key))).toEqual([]);
    expect(judged.filter(({ reason }) => reason.includes('***')).length).toBe(played.length);
    expect(judged.every(({ reason }) => reason.endsWith('said the grader.'))).toBe(true);
  });
});
