import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenPage, openPage, type PageSource } from '../../../page/live/page-server.ts';

const hostile = '</script><script>alert(1)</script>\u202e';
const status = { run: hostile, phase: 'running', problems: 3 };
let looks = 0;
const source: PageSource = {
  look: async () => {
    looks++;
    return status;
  },
  runs: ['first', 'second'].map((run) => ({
    problem: async (id) => (id === 'known' ? { id, state: hostile, run } : null),
    search: async (wanted) => (wanted.level === 'none' ? null : [wanted]),
  })),
};
const opened: OpenPage[] = [];
const open = async (settings: { token?: string; from?: PageSource } = {}) => {
  const page = await openPage(settings.from ?? source, {
    host: '127.0.0.1',
    port: 0,
    token: settings.token ?? null,
    everyMilliseconds: 20,
  });
  opened.push(page);
  return page.url;
};
afterEach(() => {
  for (const page of opened.splice(0)) page.close();
  looks = 0;
});

/** The first `count` events of a page that somebody looks at. */
const events = async (url: string, count: number): Promise<string[]> => {
  const response = await fetch(new URL('/events', url));
  const told: string[] = [];
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      told.push(text.slice(0, end));
      text = text.slice(end + 2);
    }
    if (told.length >= count) break;
  }
  return told.slice(0, count);
};

describe('the page of a run', () => {
  it('is whole by itself: every file comes from here, and its policy lets in nothing else', async () => {
    const url = await open();
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const text = await page.text();
    const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    const fetched = new Map<string, string>();
    const follow = async (path: string): Promise<void> => {
      if (fetched.has(path)) return;
      const response = await fetch(new URL(path, url));
      expect(response.status, path).toBe(200);
      const script = await response.text();
      fetched.set(path, script);
      for (const [, next] of script.matchAll(/from ['"]([./][^'"]+)['"]/g))
        await follow(new URL(next!, new URL(path, url)).pathname);
    };
    for (const path of named) await follow(path);
    expect([...fetched.keys()]).toContain('/katex/katex.mjs');
    const own = [...fetched].filter(([path]) => /^\/[a-z]+\.js$/.test(path) && !/^\/(view|prism)/.test(path));
    for (const [path, script] of own) expect(script, path).not.toMatch(/innerHTML|dangerouslySetInnerHTML|eval\(/);
  });

  it('tells where the run stands again and again, as data', async () => {
    const told = await events(await open(), 3);
    for (const event of told) expect(JSON.parse(event.replace(/^data: /, ''))).toEqual(status);
  });

  it('looks once for a hundred listeners, and not at all when nobody listens', async () => {
    const url = await open();
    expect(looks).toBe(0);
    const all = await Promise.all(Array.from({ length: 100 }, () => events(url, 3)));
    expect(all.every((told) => told.length === 3)).toBe(true);
    // Each alone would be 300.
    expect(looks).toBeLessThan(200);
  });

  it('says that the run cannot be read, and goes on', async () => {
    let broken = true;
    const from: PageSource = {
      ...source,
      look: async () => {
        if (broken) throw new Error('the store is locked');
        return status;
      },
    };
    const url = await open({ from });
    expect(await events(url, 1)).toEqual(['event: failed\ndata: {}']);
    broken = false;
    expect((await events(url, 3)).at(-1)).toContain('"running"');
  });

  it('shows one problem, or says that it is not known', async () => {
    const url = await open();
    const known = await fetch(new URL('/problem?id=known', url));
    expect([known.status, await known.json()]).toEqual([200, { id: 'known', state: hostile, run: 'first' }]);
    expect(known.headers.get('content-type')).toBe('application/json');
    expect(await (await fetch(new URL('/problem?run=1&id=known', url))).json()).toMatchObject({ run: 'second' });
    for (const asked of ['id=other', 'run=2&id=known', 'run=length&id=known', 'run=-1&id=known'])
      expect((await fetch(new URL(`/problem?${asked}`, url))).status, asked).toBe(404);
  });

  it('only reads, and gives no file but its own', async () => {
    const url = await open();
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/constructor', '/__proto__', '/client/page.js'])
      expect((await fetch(new URL(path, url))).status, path).toBe(404);
  });

  it('is not shown under a foreign name', async () => {
    const { port } = new URL(await open());
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/problem?id=known', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(answered).toBe(403);
  });

  it('asks for its token where it has one, and takes it out of the address', async () => {
    const url = await open({ token: 'a secret' });
    const bare = new URL(url);
    bare.search = '';
    expect((await fetch(bare)).status).toBe(401);
    expect((await fetch(`${bare}?token=another`)).status).toBe(401);
    const first = await fetch(url, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await fetch(bare, { headers: { cookie: cookie.split(';')[0] as string } })).status).toBe(200);
  });
});
