import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraderServer, graderSays, graderServer } from '../helpers/graders/grader-server.ts';
import { openDomain } from './judging.ts';

const bad = ['[garble]', '[other]', '[maybe]', '[refuse]', '[hang]'];

describe('a grader over HTTP', () => {
  let server: GraderServer;
  beforeAll(async () => {
    server = await graderServer({ lost: 40 });
  });
  afterAll(() => server.close());

  it('gives its own verdicts in batches, whatever becomes of some requests and tasks', async () => {
    const domain = await openDomain({
      ...{ kind: 'http', url: server.url, headers: { 'x-grader-key': 'abc' } },
      ...{ batch: 20, concurrency: 4, timeoutSeconds: 2 },
    });
    const asked = Array.from({ length: 2000 }, (_, index) => {
      const what = index % 200 === 150 ? (bad[(index - 150) / 200] ?? '[slow]') : '';
      const response = `${what} ${index % 3}`;
      return { what, response, judged: domain.judge({ statement: `Problem ${index}`, answer: '1' }, response) };
    });
    const results = await Promise.allSettled(asked.map(({ judged }) => judged));
    for (const [index, { what, response }] of asked.entries()) {
      if (bad.includes(what)) expect(results[index], what).toMatchObject({ reason: { disposition: 'dead-letter' } });
      else
        expect(results[index], what).toMatchObject({
          value: { verdict: graderSays('1', response), reason: 'compared' },
        });
    }
    expect(server.headers['x-grader-key']).toBe('abc');
    expect(Math.max(...server.sizes)).toBe(20);
    await domain.close();
  });

  it('asks for nothing that nobody waits for any more', async () => {
    const domain = await openDomain({ kind: 'http', url: server.url, concurrency: 1, batch: 1, timeoutSeconds: 5 });
    const stopping = new AbortController();
    const hung = domain.judge({ answer: '1' }, '[hang]', stopping.signal);
    const next = domain.judge({ answer: '1' }, '1');
    setTimeout(() => stopping.abort(new Error('stopped')), 50);
    await expect(hung).rejects.toThrow('stopped');
    expect(await next).toMatchObject({ verdict: 'right' });
    await domain.close();
  });
});
