import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import type { ServerSettings } from '../../../llm/settings.ts';
import { completion, json, type Script, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;

type Server = Awaited<ReturnType<typeof scriptedServer>>;

const openPool = (servers: readonly Server[], each: (index: number) => Partial<ServerSettings> = () => ({})) => {
  const endpoints = servers.map(({ url }, index) => ({ baseUrl: url, ...each(index) }));
  const door = endpoint({ baseUrl: '', model: 'm', concurrency: 8, endpoints });
  const model = chatModel({ model: 'm', maxTokens: 16 }, { endpoint: door, stream: false });
  const ask = async (problem: string, sample = 0) => {
    const messages = [{ role: 'user' as const, content: problem }];
    return (await model({ problem, messages, sample }, never)).answer;
  };
  return { door, ask, [Symbol.asyncDispose]: () => door.close() };
};

const contentOf = (asked: { readonly body: Record<string, unknown> }): string =>
  (asked.body.messages as { content: string }[])[0]!.content;

/** Answers with what it was asked, so that no answer can be another's. */
const echo: Script = (response, asked) => json(response, 200, completion({ content: `re ${contentOf(asked)}` }));
const later =
  (milliseconds: number, script: Script): Script =>
  (...call) =>
    void wait(milliseconds).then(() => script(...call));

const names = (count: number) => Array.from({ length: count }, (_none, index) => `problem ${index}`);
const answersOf = (problems: readonly string[]) => problems.map((one) => `re ${one}`);

describe('three servers of one model', () => {
  it('lose nothing while one is slow, one sheds and one is killed', async () => {
    await using slow = await scriptedServer(later(80, echo));
    let inFlight = 0;
    await using shedding = await scriptedServer((response, asked, number) => {
      if (inFlight >= 2) return void json(response, 429, { error: { message: 'too many' } });
      inFlight++;
      response.once('close', () => inFlight--);
      later(5, echo)(response, asked, number);
    });
    let isDead = false;
    await using killed = await scriptedServer((response, asked, number) => {
      if (number === 20) isDead = true;
      if (isDead) return void response.destroy();
      later(5, echo)(response, asked, number);
    });
    const servers = [slow, shedding, killed];
    await using pool = openPool(servers);
    const problems = names(300);
    expect(await Promise.all(problems.map((one) => pool.ask(one)))).toEqual(answersOf(problems));
    const states = pool.door.states();
    // What the dead one was sent went elsewhere, after some looks whether it is back.
    expect(killed.asked.length).toBeLessThan(20 + 8 + 10);
    expect(states.reduce((sum, { answered }) => sum + answered, 0)).toBe(300);
    expect(states.map(({ member }) => member)).toEqual(servers.map(({ url }) => new URL(url).host));
  });

  it('have a member back that was dead', async () => {
    let isDead = true;
    await using lame = await scriptedServer((response, ...rest) => {
      if (isDead) return void response.destroy();
      later(5, echo)(response, ...rest);
    });
    await using sound = await scriptedServer(later(5, echo));
    await using pool = openPool([lame, sound]);
    await Promise.all(names(60).map((one) => pool.ask(one)));
    expect(pool.door.states()[0]!.answered).toBe(0);
    isDead = false;
    for (let round = 0; pool.door.states()[0]!.answered === 0; round++) {
      await wait(50);
      await pool.ask(`later ${round}`);
    }
    expect(pool.door.states()[0]!.phase).not.toBe('paused');
  });

  it('get the attempts of one problem at one of them, as long as it lives', async () => {
    let isDead = false;
    const mayDie: Script = (response, ...rest) => {
      if (isDead) return void response.destroy();
      later(5, echo)(response, ...rest);
    };
    await using first = await scriptedServer(mayDie);
    await using second = await scriptedServer(later(3, echo));
    await using third = await scriptedServer(later(9, echo));
    const servers = [first, second, third];
    await using pool = openPool(servers);
    const attempts = [0, 1, 2, 3];
    const problems = names(60);
    await Promise.all(problems.flatMap((one) => attempts.map((sample) => pool.ask(one, sample))));
    const homes = (problem: string): number[] =>
      servers.flatMap(({ asked }, index) => (asked.some((one) => contentOf(one) === problem) ? [index] : []));
    for (const problem of problems) expect(homes(problem)).toHaveLength(1);
    expect(new Set(problems.flatMap(homes)).size).toBe(3);
    isDead = true;
    const asked = first.asked.length;
    const [homeless] = problems.filter((one) => homes(one)[0] === 0) as [string];
    expect(await Promise.all(attempts.map(() => pool.ask(homeless)))).toEqual(answersOf(Array(4).fill(homeless)));
    expect(first.asked.length).toBeGreaterThan(asked);
  });

  it('go on without the one whose key is wrong, each call there being made elsewhere', async () => {
    const locked: Script = (response) => json(response, 401, { error: { message: 'no such key' } });
    await using wrong = await scriptedServer(locked);
    await using right = await scriptedServer(later(5, echo));
    await using pool = openPool([wrong, right], (index) => ({ apiKey: `secret-of-${index}` }));
    const problems = names(40);
    expect(await Promise.all(problems.map((one) => pool.ask(one)))).toEqual(answersOf(problems));
    const [out, on] = pool.door.states();
    expect(out).toMatchObject({ phase: 'stopped', answered: 0, why: expect.stringContaining('API key') });
    // A busy machine answers late, and has its limit lowered for it.
    expect(on).toMatchObject({ phase: expect.stringMatching(/open|limited/), answered: 40 });
    expect(wrong.asked.length).toBeLessThanOrEqual(8);
    expect(right.asked.every(({ headers }) => headers.authorization === 'Bearer secret-of-1')).toBe(true);
  });

  it('stop the run where each has a wrong key, with a word for each', async () => {
    const locked: Script = (response) => json(response, 401, { error: { message: 'no such key' } });
    await using one = await scriptedServer(locked);
    await using other = await scriptedServer(locked);
    await using pool = openPool([one, other]);
    const ends = await Promise.allSettled(names(30).map((problem) => pool.ask(problem)));
    for (const end of ends) {
      const reason = (end as PromiseRejectedResult).reason as Error;
      expect(reason).toMatchObject({ code: 'unauthorized', disposition: 'stop' });
      for (const { url } of [one, other]) expect(reason.message).toContain(url);
    }
    await expect(pool.ask('later')).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('lose no record to a wrong model name at one of them', async () => {
    const unknown: Script = (response) => json(response, 404, { error: { message: 'no such model' } });
    await using wrong = await scriptedServer(unknown);
    await using right = await scriptedServer(later(5, echo));
    await using pool = openPool([wrong, right]);
    const problems = names(60);
    expect(await Promise.all(problems.map((one) => pool.ask(one)))).toEqual(answersOf(problems));
    expect(pool.door.states()[0]).toMatchObject({ phase: 'stopped', answered: 0 });
  });

  it('refuse the record that each of them refuses, and no other', async () => {
    const picky: Script = (response, asked, number) =>
      contentOf(asked) === 'problem 7'
        ? json(response, 400, { error: { message: 'not this' } })
        : later(5, echo)(response, asked, number);
    await using one = await scriptedServer(picky);
    await using other = await scriptedServer(picky);
    await using pool = openPool([one, other]);
    const ends = await Promise.allSettled(names(40).map((problem) => pool.ask(problem)));
    const refused = ends.flatMap((end, index) => (end.status === 'rejected' ? [[index, end.reason.code]] : []));
    expect(refused).toEqual([[7, 'request-refused']]);
  });

  it('take the load by their weights, and no more at once than each allows', async () => {
    let [now, most] = [0, 0];
    await using small = await scriptedServer((response, ...rest) => {
      most = Math.max(most, ++now);
      response.once('close', () => now--);
      later(10, echo)(response, ...rest);
    });
    await using large = await scriptedServer(later(10, echo));
    await using pool = openPool([small, large], (index) =>
      index === 0 ? { concurrency: 3 } : { weight: 3, concurrency: 100 },
    );
    await Promise.all(names(200).map((one) => pool.ask(one)));
    expect(most).toBeLessThanOrEqual(3);
    expect(large.asked.length).toBeGreaterThan(3 * small.asked.length);
  });

  it('give up what waits when the run is to end', async () => {
    await using stuck = await scriptedServer(() => {});
    await using pool = openPool([stuck, stuck], () => ({ concurrency: 1 }));
    const calls = names(6).map((one) => pool.ask(one));
    const [inFlight, waiting] = [Promise.allSettled(calls.slice(0, 2)), Promise.allSettled(calls.slice(2))];
    await wait(50);
    pool.door.drain();
    for (const end of await waiting) expect(end).toMatchObject({ reason: { code: 'draining', disposition: 'retry' } });
    await pool.door.close();
    await inFlight;
  });
});
