import { describe, expect, it } from 'vitest';
import { journaledChat, journaledScorer, recalledChat } from '../../../llm/journal/journaled.ts';
import type { Asking, ChatModel, ChatReply, ChatRequest, Journal } from '../../../llm/port.ts';
import { memoryJournal } from './memory-journal.ts';

const never = new AbortController().signal;
const request: ChatRequest = { problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 };
const reply: ChatReply = {
  reasoning: 'r',
  answer: 'a',
  finish: 'stop',
  usage: { promptTokens: 1_000_000, completionTokens: 500_000, cachedTokens: 400_000, reasoningTokens: 300_000 },
  journaled: false,
  simulated: true,
};
const key = ({ messages, sample }: ChatRequest) => `${messages[0]!.content}/${sample}`;
const price = { input: 1, output: 4, cached: 0.5 };

/** A model whose answers come when the test says so, and which counts its calls. */
const heldModel = () => {
  const calls: { answer: (reply: ChatReply) => void; fail: (error: unknown) => void; signal: AbortSignal }[] = [];
  const model: ChatModel = (_request, signal) =>
    new Promise((answer, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason));
      calls.push({ answer, fail, signal });
    });
  return { model, calls };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a journaled chat model', () => {
  it('asks once and answers from the journal afterwards, with what it cost on record', async () => {
    const { journal, entries } = memoryJournal();
    let asked = 0;
    const count: ChatModel = async () => {
      asked++;
      return reply;
    };
    const model = journaledChat(count, key, { journal, model: 'm', price });
    expect(await model(request, never)).toEqual(reply);
    expect(await model(request, never)).toEqual({ ...reply, journaled: true });
    expect(asked).toBe(1);
    expect([...entries.values()]).toEqual([
      {
        model: 'm',
        reasoning: 'r',
        answer: 'a',
        finish: 'stop',
        scores: [],
        promptTokens: 1_000_000,
        completionTokens: 500_000,
        cachedTokens: 400_000,
        reasoningTokens: 300_000,
        cost: 2.8,
        simulated: true,
      },
    ]);
  });

  it('gives nothing back before the entry is durable', async () => {
    let durable = () => {};
    const journal: Journal = {
      get: async () => undefined,
      put: () => new Promise((resolve) => (durable = resolve)),
    };
    let given = false;
    const pending = journaledChat(async () => reply, key, { journal, model: 'm' })(request, never).then(
      () => (given = true),
    );
    await turn();
    expect(given).toBe(false);
    durable();
    await pending;
  });

  it('rejects when the entry could not be made durable', async () => {
    const journal: Journal = { get: async () => undefined, put: () => Promise.reject(new Error('disk full')) };
    const model = journaledChat(async () => reply, key, { journal, model: 'm' });
    await expect(model(request, never)).rejects.toThrow('disk full');
  });

  it('looks again when its turn comes late, and sends nothing where another process has the answer by then', async () => {
    const { journal, entries } = memoryJournal();
    let now = 0;
    const clock = { now: () => now, sleep: async () => {} };
    const turns: { known: (() => Promise<ChatReply | undefined>) | undefined; answer: (one: ChatReply) => void }[] = [];
    const waiting: Asking<ChatRequest, ChatReply> = (_request, _signal, known) =>
      new Promise((answer) => turns.push({ known, answer }));
    const model = journaledChat(waiting, key, { journal, model: 'm', clock });
    const given = model(request, never);
    await turn();
    expect(await turns[0]?.known?.()).toBeUndefined();
    await journaledChat(async () => ({ ...reply, answer: 'of another' }), key, { journal, model: 'm' })(request, never);
    const kept = [...entries.values()];
    now = 2000;
    const found = await turns[0]?.known?.();
    expect(found).toMatchObject({ answer: 'of another', journaled: true });
    turns[0]?.answer(found as ChatReply);
    expect(await given).toEqual(found);
    expect([...entries.values()]).toEqual(kept);
  });

  it('shares a call between identical requests at the same time', async () => {
    const { model, calls } = heldModel();
    const shared = journaledChat(model, key, { journal: memoryJournal().journal, model: 'm' });
    const both = Promise.all([shared(request, never), shared(request, never)]);
    await turn();
    expect(calls).toHaveLength(1);
    calls[0]!.answer(reply);
    expect((await both).map(({ answer }) => answer)).toEqual(['a', 'a']);
  });

  it('calls only one of those that share a call the payer', async () => {
    const { model, calls } = heldModel();
    const shared = journaledChat(model, key, { journal: memoryJournal().journal, model: 'm' });
    const both = Promise.all([shared(request, never), shared(request, never)]);
    await turn();
    calls[0]!.answer(reply);
    expect((await both).map(({ journaled }) => journaled)).toEqual([false, true]);
  });

  it('goes on for the others when one of them aborts, and ends with the last', async () => {
    const { model, calls } = heldModel();
    const shared = journaledChat(model, key, { journal: memoryJournal().journal, model: 'm' });
    const controllers = [new AbortController(), new AbortController()] as const;
    const asked = controllers.map(({ signal }) => shared(request, signal).catch((error: unknown) => error));
    await turn();
    controllers[0].abort('first');
    expect(await asked[0]).toBe('first');
    expect(calls[0]!.signal.aborted).toBe(false);
    controllers[1].abort('second');
    expect(await asked[1]).toBe('second');
    expect(calls[0]!.signal.aborted).toBe(true);
  });

  it('asks anew after a call that failed', async () => {
    const { model, calls } = heldModel();
    const shared = journaledChat(model, key, { journal: memoryJournal().journal, model: 'm' });
    const first = shared(request, never);
    await turn();
    calls[0]!.fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    const second = shared(request, never);
    await turn();
    calls[1]!.answer(reply);
    expect(await second).toEqual(reply);
  });

  it('recalls without asking', async () => {
    const { journal } = memoryJournal();
    const recall = recalledChat(key, { journal });
    expect(await recall(request)).toBeUndefined();
    await journaledChat(async () => reply, key, { journal, model: 'm' })(request, never);
    expect(await recall(request)).toEqual({ ...reply, journaled: true });
  });
});

describe('a journaled scorer', () => {
  it('keeps the scores', async () => {
    const { journal, entries } = memoryJournal();
    const scored = {
      scores: [0.1, 0.9],
      usage: { promptTokens: 5, completionTokens: 0 },
      journaled: false,
      simulated: false,
    };
    const scorer = journaledScorer(
      async () => scored,
      ({ steps }) => steps.join(),
      { journal, model: 'prm' },
    );
    const asked = { problem: 'p', statement: 's', steps: ['a', 'b'], reference: '1', sample: 0 };
    expect(await scorer(asked, never)).toEqual(scored);
    expect(await scorer(asked, never)).toEqual({ ...scored, journaled: true });
    expect([...entries.values()][0]).toMatchObject({ finish: null, scores: [0.1, 0.9] });
  });
});
