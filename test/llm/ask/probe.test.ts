import { describe, expect, it } from 'vitest';
import { probe } from '../../../llm/ask/probe.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { completion, json, type Script, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;

const probed = async (script: Script, kind: 'chat' | 'pooling' = 'chat') => {
  await using server = await scriptedServer(script);
  return await probe({ baseUrl: server.url, model: 'm', apiKey: 'sk-12345678', concurrency: 1 }, kind, never);
};

const withModels = (entry: object): Script => {
  return (response, { path }) =>
    path.endsWith('/models')
      ? json(response, 200, { data: [{ id: 'other' }, { id: 'm', ...entry }] })
      : json(response, 200, completion({ content: 'yes' }));
};

describe('a probe of an endpoint', () => {
  it('is fine with a rehearsal model of either kind', async () => {
    const server = await startRehearsal({ students: { student: 0.5 } });
    const settings = { concurrency: 1, apiKey: undefined };
    expect(await probe({ ...settings, baseUrl: `${server.url}/v1`, model: 'student' }, 'chat', never)).toEqual({
      ok: true,
      metadata: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await probe({ ...settings, baseUrl: server.url, model: 'rehearsal-prm' }, 'pooling', never)).toMatchObject({
      ok: true,
    });
    await server.close();
  });

  it('tells models apart that changed under the same name, and only those', async () => {
    const metadata = async (entry: object) => {
      const result = await probed(withModels(entry));
      return result.ok ? result.metadata : 'not ok';
    };
    const one = await metadata({ created: 1, root: '/weights/a', max_model_len: 4096 });
    expect(await metadata({ max_model_len: 4096, root: '/weights/a', created: 2 })).toBe(one);
    expect(await metadata({ created: 1, root: '/weights/b', max_model_len: 4096 })).not.toBe(one);
  });

  it('does without metadata', async () => {
    const script: Script = (response, { path }) =>
      path.endsWith('/models') ? json(response, 404, {}) : json(response, 200, completion({ content: 'yes' }));
    expect(await probed(script)).toEqual({ ok: true, metadata: null });
  });

  it.each<[string, Script, RegExp]>([
    [
      'a wrong key',
      (response) => json(response, 401, { error: { message: 'bad key sk-12345678' } }),
      /bad key \*\*\*.*set apiKey/,
    ],
    ['a wrong path', (response) => json(response, 404, {}), /check model and baseUrl/],
    ['a server that is starting', (response) => json(response, 503, { error: { message: 'loading' } }), /503 loading/],
    ['a web page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'), /not JSON/],
  ])('says what is wrong, and where: %s', async (_what, script, message) => {
    const result = await probed(script);
    expect(result).toEqual({ ok: false, message: expect.stringMatching(message) });
    expect(result).toEqual({ ok: false, message: expect.stringContaining('http://127.0.0.1:') });
  });

  it('says that nothing listens there', async () => {
    const result = await probe({ baseUrl: 'http://127.0.0.1:9', model: 'm', concurrency: 1 }, 'chat', never);
    expect(result).toEqual({
      ok: false,
      message: expect.stringMatching(/127\.0\.0\.1:9.*(ECONNREFUSED|refused)/),
    });
  });

  it('tells a classifier of whole sequences from one of steps', async () => {
    const script: Script = (response) =>
      json(response, 200, {
        data: [
          {
            data: [
              [0.1, 0.9],
              [0.1, 0.9],
              [0.1, 0.9],
            ],
          },
        ],
      });
    expect(await probed(script, 'pooling')).toMatchObject({ ok: false, message: /3 rows for one step/ });
  });
});
