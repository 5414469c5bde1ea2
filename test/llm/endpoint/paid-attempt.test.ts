import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { type Ledger, memoryLedger } from '../../../llm/money/ledger.ts';
import { completion, json, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;

describe('the budget of an endpoint', () => {
  it.each([
    ['another name for the limit', { max_tokens: null, max_completion_tokens: 4096 }, 1],
    ['several answers a call', { n: 4 }, 4],
  ])('sets aside what the body asks for: %s', async (_what, extraBody, answers) => {
    const budget = await openBudget({ run: { tokens: 1000 }, models: {} }, memoryLedger());
    await using server = await scriptedServer((response, { body }) => {
      const made = answers * Number(body.max_completion_tokens ?? body.max_tokens);
      json(response, 200, completion({ content: 'x' }, { usage: { prompt_tokens: 5, completion_tokens: made } }));
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 200, extraBody }, { endpoint: door, stream: false });
    const ask = (problem: string) => model({ problem, messages: [{ role: 'user', content: 'x' }], sample: 0 }, never);
    await Promise.allSettled(['1', '2', '3', '4', '5'].map(ask));
    expect(budget.state().run.spent.tokens).toBeLessThanOrEqual(1000);
    await door.close();
  });

  it('gets all of it back where the call is given up while its reservation is written', async () => {
    const [begun, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ledger: Ledger = {
      ...memoryLedger(),
      reserve: async (...asked) => {
        begun.resolve();
        await written.promise;
        return memoryLedger().reserve(...asked);
      },
    };
    const budget = await openBudget({ run: { tokens: 10_000 }, models: {} }, ledger);
    await using server = await scriptedServer((response) => json(response, 200, completion({ content: 'x' })));
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 1000 }, { endpoint: door, stream: false });
    const controller = new AbortController();
    const asked = model({ problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 }, controller.signal);
    await begun.promise;
    controller.abort('enough');
    written.resolve();
    await expect(asked).rejects.toBe('enough');
    expect(budget.state().run).toMatchObject({ spent: { tokens: 0 }, reserved: { tokens: 0 } });
    expect(server.asked).toHaveLength(0);
    await door.close();
  });

  it('is paid by the answer, and for what a cancelled stream had written', async () => {
    const budget = await openBudget({ run: { tokens: 10_000 }, models: {} }, memoryLedger());
    const piece = JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' } }] });
    const controller = new AbortController();
    await using server = await scriptedServer((response, _asked, number) => {
      if (number === 0) return json(response, 200, completion({ content: 'fine' }));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${piece}\n\n`.repeat(3));
      setTimeout(() => controller.abort('enough'), 50);
      return response;
    });
    const door = endpoint({ baseUrl: server.url, model: 'm', concurrency: 4 }, { budget });
    const model = chatModel({ model: 'm', maxTokens: 1000 }, { endpoint: door, stream: true });
    const request = { problem: 'p', messages: [{ role: 'user', content: 'x' } as const], sample: 0 };
    await model(request, never);
    expect(budget.state().run).toMatchObject({ spent: { tokens: 12 }, reserved: { tokens: 0 } });
    await expect(model(request, controller.signal)).rejects.toBe('enough');
    const promptAtMost = 64 + 16 + 1;
    expect(budget.state().run).toMatchObject({ spent: { tokens: 12 + promptAtMost + 3 }, reserved: { tokens: 0 } });
    await door.close();
  });
});
