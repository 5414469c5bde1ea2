import { describe, expect, it } from 'vitest';
import { type BatchedChat, batchedChat } from '../../../llm/batch/batched-chat.ts';
import type { BatchSettings } from '../../../llm/batch/settings.ts';
import type { Clock } from '../../../llm/clock.ts';
import { chatKey } from '../../../llm/journal/journal-key.ts';
import { journaledChat } from '../../../llm/journal/journaled.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { type LedgerTable, tableLedger } from '../../../llm/money/ledger.ts';
import type { ChatReply, ChatRequest } from '../../../llm/port.ts';
import { connectionTo, disk, type Life, living, makeServer, type Server } from './batch-world.ts';

const settings = {
  ...{ baseUrl: 'http://server.invalid/v1', model: 'm', temperature: 0, maxTokens: 100, concurrency: 8 },
  price: { input: 1, output: 2 },
  batch: { rows: 4, seconds: 1, open: 100, pollSeconds: 1, window: '24h', cancelOnStop: false },
};

const questions = Array.from({ length: 10 }, (_, index) => `question ${index}`);
const requestOf = (question: string): ChatRequest => ({
  ...{ problem: `p-${question}`, sample: 0 },
  messages: [{ role: 'user', content: question }],
});

/** Nothing waits longer than a turn of the loop. */
const quick: Clock = {
  now: () => performance.now(),
  sleep: async (_, signal) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    signal?.throwIfAborted();
  },
};

const immortal = (): Life => ({ left: Number.POSITIVE_INFINITY, dies: 'before' });

const money = () => {
  const entries = new Map<string, Uint8Array>();
  const tableOf = (life: Life): LedgerTable => {
    const alive = living(life);
    return {
      put: (key, value) => alive(() => void entries.set(key, value)),
      entries: async function* () {
        yield* entries;
      },
    };
  };
  return { tableOf };
};

/** One process over what outlives it: asks all questions, and gives what it gets. */
const start = async (
  server: Server,
  kept: ReturnType<typeof disk>,
  ledger: ReturnType<typeof money>,
  life: Life,
  {
    worker = 'w',
    asks = questions,
    ...batch
  }: Partial<BatchSettings> & { worker?: string; asks?: readonly string[] } = {},
) => {
  const budget = await openBudget({ run: { cost: CEILING }, models: {} }, tableLedger(ledger.tableOf(life)));
  const journal = kept.journalOf(life);
  const unclaimed: ChatReply[] = [];
  const batched = batchedChat(
    { ...settings, batch: { ...settings.batch, ...batch } },
    {
      ...{
        role: 'teacher',
        worker,
        store: kept.storeOf(life),
        connection: connectionTo(server, life),
        journal,
        budget,
      },
      ...{ clock: quick, unclaimed: (reply: ChatReply) => unclaimed.push(reply) },
    },
  );
  const ask = journaledChat(batched.ask, chatKey(settings), {
    journal: { get: journal.get, put: async () => {} },
    model: 'm',
  });
  const stopping = new AbortController();
  const answers = Promise.allSettled(asks.map((question) => ask(requestOf(question), stopping.signal)));
  return { ask, batched, budget, answers, unclaimed };
};

/** One answer of the server takes 10 and 20 tokens. */
const PAID = (10 + 2 * 20) / 1e6;
/** What is set aside for one row is more than it takes: some of it lies open at each crash. */
const CEILING = 200 * PAID;

const answersOf = (ended: readonly PromiseSettledResult<ChatReply>[]) =>
  ended.map((one) => (one.status === 'fulfilled' ? one.value.answer : String(one.reason)));

describe('a chat model over a batch API', { timeout: 240_000 }, () => {
  it('gathers by count and time, and gives each its answer', async () => {
    const [server, kept] = [makeServer(), disk()];
    const { answers, budget } = await start(server, kept, money(), immortal());
    expect(answersOf(await answers)).toEqual(questions.map((question) => `answer to ${question}`));
    expect([...server.batches.values()].map(({ lines }) => lines.length)).toEqual([4, 4, 2]);
    expect(kept.entries.size).toBe(questions.length);
    await until(() => kept.records.size === 0);
    await budget.flushed();
    expect(budget.state().run.spent.cost).toBeCloseTo(questions.length * PAID, 12);
  });

  it('asks again what expired or failed, and gives up what is refused', async () => {
    const [server, kept] = [makeServer(), disk()];
    for (const question of questions.slice(0, 3)) server.expiring.add(question);
    server.failing.add('question 5');
    server.refused.add('question 7');
    const { answers } = await start(server, kept, money(), immortal());
    const ended = await answers;
    expect(ended.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'request-refused' } },
    ]);
    expect([...server.bills.values()]).toEqual(Array.from({ length: questions.length - 1 }, () => 1));
    expect([...server.sent.values()].filter((times) => times === 2)).toHaveLength(4);
  });

  it('lets go when it is drained, and the next start takes up what is on its way', async () => {
    const [server, kept, ledger] = [makeServer(), disk(), money()];
    server.isHeld = true;
    const first = await start(server, kept, ledger, immortal());
    await until(() => server.batches.size === 3);
    first.batched.drain();
    expect((await first.answers).some(({ status }) => status === 'rejected')).toBe(true);
    await first.batched.close();
    server.isHeld = false;
    const second = await start(server, kept, ledger, immortal());
    expect(answersOf(await second.answers)).toEqual(questions.map((question) => `answer to ${question}`));
    expect([...server.bills.values()]).toEqual(questions.map(() => 1));
    expect([...server.sent.values()]).toEqual(questions.map(() => 1));
  });

  it('cancels what is on its way when it is drained and that is wanted; the next start asks again what had no answer', async () => {
    const [server, kept, ledger] = [makeServer(), disk(), money()];
    server.isHeld = true;
    const first = await start(server, kept, ledger, immortal(), { cancelOnStop: true });
    await until(() => [...kept.records.values()].filter(({ step }) => step === 'created').length === 3);
    first.batched.drain();
    await first.answers;
    await first.batched.close();
    expect(server.cancelled).toEqual(new Set(['b0', 'b1', 'b2']));
    expect([...kept.records.values()].map(({ step }) => step)).toEqual(['cancelling', 'cancelling', 'cancelling']);
    server.isHeld = false;
    const second = await start(server, kept, ledger, immortal(), { cancelOnStop: true });
    expect(answersOf(await second.answers)).toEqual(questions.map((question) => `answer to ${question}`));
    expect([...server.bills.values()]).toEqual(questions.map(() => 1));
    // The first row of each was answered before.
    expect([...server.sent.values()].filter((times) => times === 1)).toHaveLength(3);
  });

  it('fetches for another process that lives what that one has on its way: one submission, one bill, no money back twice', async () => {
    const [server, kept, ledger] = [makeServer(), disk(), money()];
    server.isHeld = true;
    const first = await start(server, kept, ledger, immortal());
    await until(() => [...kept.records.values()].filter(({ step }) => step === 'created').length === 3);
    const second = await start(server, kept, money(), immortal(), { worker: 'other', cancelOnStop: true });
    server.isHeld = false;
    for (const { answers } of [first, second])
      expect(answersOf(await answers)).toEqual(questions.map((question) => `answer to ${question}`));
    await first.budget.flushed();
    await second.budget.flushed();
    expect([...server.sent.values()]).toEqual(questions.map(() => 1));
    expect([...server.bills.values()]).toEqual(questions.map(() => 1));
    const spent = [first, second].map(({ budget }) => budget.state().run.spent.cost);
    expect(spent.reduce((sum, one) => sum + one, 0)).toBeCloseTo(questions.length * PAID, 12);
    expect(Math.min(...spent)).toBe(0);
  });

  it('sends nothing that another process has fetched since it was asked', async () => {
    const [server, kept, ledger] = [makeServer(), disk(), money()];
    const late = Promise.withResolvers<void>();
    const reads = { count: 0 };
    const storeOf: typeof kept.storeOf = (life) => {
      const store = kept.storeOf(life);
      const all = async () => {
        if (reads.count++ > 0) await late.promise;
        return store.all();
      };
      return { ...store, all };
    };
    const second = await start(server, { ...kept, storeOf }, money(), immortal(), { worker: 'other' });
    await until(() => reads.count > 1);
    await (await start(server, kept, ledger, immortal())).answers;
    await until(() => kept.records.size === 0);
    late.resolve();
    expect(answersOf(await second.answers)).toEqual(questions.map((question) => `answer to ${question}`));
    expect([...server.sent.values()]).toEqual(questions.map(() => 1));
    expect(second.budget.state().run).toEqual({ spent: { tokens: 0, cost: 0 }, reserved: { tokens: 0, cost: 0 } });
  });

  it('answers whoever asks while the answer is on its way into the journal', async () => {
    const [server, kept, dead] = [makeServer(), disk(), immortal()];
    server.isHeld = true;
    await start(server, kept, money(), dead);
    await until(() => [...kept.records.values()].filter(({ step }) => step === 'created').length === 3);
    dead.left = 0;
    server.isHeld = false;
    const second = Promise.withResolvers<BatchedChat>();
    const asked: Promise<ChatReply>[] = [];
    const journalOf: typeof kept.journalOf = (life) => {
      const { get, put } = kept.journalOf(life);
      return {
        get,
        put: async (problem, key, entry) => {
          const { ask } = await second.promise;
          asked.push(ask(requestOf(problem.slice('p-'.length)), new AbortController().signal));
          for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve, 1));
          await put(problem, key, entry);
        },
      };
    };
    const { batched } = await start(server, { ...kept, journalOf }, money(), immortal(), { worker: 'other', asks: [] });
    second.resolve(batched);
    await until(() => asked.length === questions.length);
    const answers = (await Promise.all(asked)).map(({ answer }) => answer);
    expect(answers.sort()).toEqual(questions.map((question) => `answer to ${question}`));
    expect([...server.sent.values()]).toEqual(questions.map(() => 1));
  });

  it('sends once what is asked again after its asker left while it was looked for', async () => {
    const [server, kept] = [makeServer(), disk()];
    const leaving = new AbortController();
    const again: Promise<ChatReply>[] = [];
    let looks = 0;
    const ready = Promise.withResolvers<(signal: AbortSignal) => Promise<ChatReply>>();
    const journalOf: typeof kept.journalOf = (life) => {
      const { get, put } = kept.journalOf(life);
      return {
        put,
        get: async (problem, key) => {
          const ask = await ready.promise;
          // The second look is the batch's own.
          if (++looks === 2) {
            leaving.abort(new Error('left'));
            again.push(ask(new AbortController().signal));
          }
          return get(problem, key);
        },
      };
    };
    const { ask, budget } = await start(server, { ...kept, journalOf }, money(), immortal(), { asks: [] });
    ready.resolve((signal) => ask(requestOf('question 0'), signal));
    await expect(ask(requestOf('question 0'), leaving.signal)).rejects.toThrow('left');
    await until(() => again.length === 1);
    expect((await again[0])?.answer).toBe('answer to question 0');
    expect([...server.sent.values()]).toEqual([1]);
    await budget.flushed();
    expect(budget.state().run.reserved).toEqual({ tokens: 0, cost: 0 });
  });

  it.each(['before', 'after'] as const)(
    'dies at each of its operations, %s it takes effect, and each row is sent and paid for once',
    async (dies) => {
      let deaths = 0;
      for (let at = 1; at <= 90; at++) {
        const [server, kept, ledger] = [makeServer(), disk(), money()];
        for (const question of questions.slice(0, 2)) server.expiring.add(question);
        const life: Life = { left: at, dies };
        const first = await Promise.race([start(server, kept, ledger, life), settled(life)]);
        const finished = await Promise.race([first?.answers.then(() => true) ?? false, settled(life)]);
        if (!finished) deaths++;
        const second = await start(server, kept, ledger, immortal());
        const answers = answersOf(await second.answers);
        await until(() => kept.records.size === 0);
        await second.budget.flushed();
        const spent = second.budget.state().run.spent.cost;
        expect({ at, answers }).toEqual({ at, answers: questions.map((question) => `answer to ${question}`) });
        expect({ at, bills: [...server.bills.values()] }).toEqual({ at, bills: questions.map(() => 1) });
        expect({ at, again: [...server.sent.values()].filter((times) => times > 1).length }).toEqual({ at, again: 2 });
        expect(spent).toBeGreaterThan(questions.length * PAID - 1e-12);
        expect(spent).toBeLessThanOrEqual(CEILING);
      }
      expect(deaths).toBeGreaterThan(50);
    },
  );
});

/** Looks at each turn of the loop, and gives up after a minute. */
const until = async (is: () => boolean): Promise<void> => {
  const end = performance.now() + 60_000;
  while (!is()) {
    if (performance.now() > end) throw new Error(`not within a minute: ${is}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

/** Resolves some turns after the process died. */
const settled = async (life: Life): Promise<undefined> => {
  while (life.left > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 5));
  return undefined;
};
