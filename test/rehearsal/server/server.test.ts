import { describe, expect, it } from 'vitest';
import { rehearsalProblem } from '../../../rehearsal/exercises/problems.ts';
import type { RehearsalChanges } from '../../../rehearsal/models/settings.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';

const { statement, steps } = rehearsalProblem(1, 7);
const chat = { model: 'student', messages: [{ role: 'user', content: statement }] };

const rehearse = async (changes: RehearsalChanges, run: (server: Rehearsal) => Promise<void>) => {
  const server = await startRehearsal(changes);
  try {
    await run(server);
  } finally {
    await server.close();
  }
};

const post = (server: Rehearsal, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', body: JSON.stringify(body), headers });
const ask = async (server: Rehearsal, body: object = chat) => (await post(server, '/v1/chat/completions', body)).json();

describe('the rehearsal server', () => {
  it('answers chats with usage, and says that it is a rehearsal', async () => {
    await rehearse({}, async (server) => {
      const reply = (await ask(server)) as { choices: { message: { content: string } }[]; usage: object };
      expect(reply.choices[0]!.message.content).toContain('\\boxed{');
      expect(reply).toMatchObject({ system_fingerprint: 'sluice-rehearsal-1', object: 'chat.completion' });
      expect(server.stats()).toMatchObject({
        requests: 1,
        answered: 1,
        byModel: { student: { ...counted(reply.usage) } },
      });
    });
  });

  const counted = (usage: object) => {
    const { prompt_tokens, completion_tokens } = usage as { prompt_tokens: number; completion_tokens: number };
    return { requests: 1, answered: 1, promptTokens: prompt_tokens, completionTokens: completion_tokens };
  };

  it('answers the same for the same seed, whatever came before', async () => {
    const answers: unknown[] = [];
    const record = async (server: Rehearsal) => {
      answers.push(await ask(server, { ...chat, seed: 5 }));
    };
    await rehearse({}, record);
    await rehearse({}, async (server) => {
      await Promise.all([ask(server), ask(server, { ...chat, seed: 6 })]);
      await record(server);
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('streams what it would say plainly', async () => {
    await rehearse({}, async (server) => {
      const body = { ...chat, model: 'a-teacher' };
      const plain = (await ask(server, body)) as { choices: { message: Record<string, string> }[] };
      const text = await (await post(server, '/v1/chat/completions', { ...body, stream: true })).text();
      const events = text.split('\n\n').filter((event) => event.startsWith('data: {'));
      const deltas = events.flatMap((event) =>
        JSON.parse(event.slice(6)).choices.map((one: { delta: object }) => one.delta),
      );
      const joined = (field: string) => deltas.map((delta) => delta[field] ?? '').join('');
      expect(joined('content')).toBe(plain.choices[0]!.message.content);
      expect(joined('reasoning_content')).toBe(plain.choices[0]!.message.reasoning_content);
      expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    });
  });

  it('rewards each step, one row a mark', async () => {
    await rehearse({}, async (server) => {
      const content = `${steps[0]}<extra_0>nonsense<extra_0>`;
      const messages = [
        { role: 'user', content: statement },
        { role: 'assistant', content },
      ];
      const reply = (await (await post(server, '/pooling', { model: 'prm', messages })).json()) as {
        data: { data: number[][] }[];
      };
      const rows = reply.data[0]!.data;
      expect(rows).toHaveLength(2);
      expect(rows[0]![1]).toBeGreaterThan(rows[1]![1]!);
      expect(rows[0]![0]! + rows[0]![1]!).toBeCloseTo(1, 9);
    });
  });

  it('does not know what is none of its exercises', async () => {
    await rehearse({}, async (server) => {
      const reply = (await ask(server, { model: 'student', messages: [{ role: 'user', content: '1 + 1?' }] })) as {
        choices: { message: object }[];
      };
      expect(reply.choices[0]!.message).toMatchObject({ content: 'I do not know.' });
      expect(server.stats().unknown).toBe(1);
    });
  });

  it('refuses garbage, wrong keys, long prompts and unknown paths', async () => {
    await rehearse({ apiKey: 'key', contextTokens: 1000 }, async (server) => {
      const key = { authorization: 'Bearer key' };
      const status = async (path: string, body: unknown, headers: Record<string, string> = key) =>
        (await post(server, path, body, headers)).status;
      expect(await status('/v1/chat/completions', chat, {})).toBe(401);
      expect(await status('/v1/chat/completions', 'text')).toBe(400);
      expect(await status('/v1/chat/completions', { model: 'm', messages: [{ content: 'x'.repeat(5000) }] })).toBe(400);
      expect(await status('/v1/elsewhere', chat)).toBe(404);
      expect(await status('/v1/chat/completions', chat)).toBe(200);
      expect(server.stats()).toMatchObject({ requests: 5, refused: 4, answered: 1 });
    });
  });

  it('refuses load above its limit, and says when to come again', async () => {
    const faults = { shedAbove: 2, retryAfterSeconds: 3 };
    await rehearse({ latency: { milliseconds: 200 }, faults }, async (server) => {
      const replies = await Promise.all(Array.from({ length: 5 }, () => post(server, '/v1/chat/completions', chat)));
      const shed = replies.filter(({ status }) => status === 429);
      expect(shed).toHaveLength(3);
      expect(shed[0]!.headers.get('retry-after')).toBe('3');
      expect(server.stats()).toMatchObject({ mishaps: { shed: 3 }, answered: 2, seconds: [{ requests: 5, shed: 3 }] });
    });
  });

  it('counts what is asked for again after it was answered', async () => {
    await rehearse({}, async (server) => {
      await ask(server);
      await ask(server);
      await ask(server, { ...chat, seed: 2 });
      expect(server.stats().repeated).toBe(1);
      expect(await (await fetch(`${server.url}/stats`)).json()).toEqual(server.stats());
    });
  });

  it('has as many mishaps as it is told', async () => {
    await rehearse({ faults: { errors: 0.1, truncated: 0.1, malformed: 0.05 } }, async (server) => {
      await Promise.all(Array.from({ length: 500 }, () => post(server, '/v1/chat/completions', chat)));
      const { error, truncated, malformed } = server.stats().mishaps;
      for (const [count, rate] of [
        [error, 0.1],
        [truncated, 0.1],
        [malformed, 0.05],
      ] as const) {
        expect(count! / 500).toBeGreaterThan(rate / 2);
        expect(count! / 500).toBeLessThan(rate * 2);
      }
    });
  });
});
