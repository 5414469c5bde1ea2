import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOutOfBudget, isPartOutOfBudget } from '../../../llm/errors.ts';
import { accountName } from '../../../llm/money/account-name.ts';
import { type Budget, openBudget } from '../../../llm/money/budget.ts';
import { type LedgerTable, memoryLedger, tableLedger } from '../../../llm/money/ledger.ts';
import type { Cost } from '../../../llm/money/prices.ts';

const never = new AbortController().signal;
const tokens = (count: number): Cost => ({ tokens: count, cost: 0 });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A durable map in memory: what survives when a process dies is what was put. */
const memoryTable = () => {
  const entries = new Map<string, Uint8Array>();
  const table: LedgerTable = {
    put: async (key, value) => {
      entries.set(key, value);
    },
    async *entries() {
      yield* entries;
    },
  };
  return { table, entries };
};

const open = (limit: number, table?: LedgerTable) =>
  openBudget({ run: { tokens: limit }, models: {} }, table ? tableLedger(table) : memoryLedger());

describe('a budget', () => {
  it('gives as long as spent, set aside and wanted stay within it', async () => {
    const budget = await open(100);
    const first = await budget.reserve('m', tokens(60), never);
    await budget.reserve('m', tokens(40), never);
    first.settle(tokens(10));
    await budget.reserve('m', tokens(50), never);
    expect(budget.state().run).toEqual({ spent: tokens(10), reserved: tokens(90) });
  });

  it('waits for what calls in flight may give back, in the order of arrival', async () => {
    const budget = await open(100);
    const [first, second] = [
      await budget.reserve('m', tokens(60), never),
      await budget.reserve('m', tokens(40), never),
    ];
    const order: string[] = [];
    const large = budget.reserve('m', tokens(70), never).then(() => order.push('large'));
    const small = budget.reserve('m', tokens(5), never).then(() => order.push('small'));
    second.settle(tokens(0));
    await turn();
    expect(order).toEqual([]);
    first.settle(tokens(20));
    await Promise.all([large, small]);
    expect(order).toEqual(['large', 'small']);
  });

  it('ends with an error that says what was spent and what to do, once nothing can come back', async () => {
    const budget = await open(100);
    const first = await budget.reserve('m', tokens(60), never);
    const waiting = budget.reserve('m', tokens(50), never).catch((error: unknown) => error);
    first.settle(tokens(60));
    const error = await waiting;
    expect(isOutOfBudget(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'budget',
      disposition: 'stop',
      message: expect.stringMatching(/60 of 100 tokens.*50 tokens.*raise the budget/),
    });
  });

  it('refuses ten thousand that wait at once', async () => {
    const budget = await open(100);
    const first = await budget.reserve('m', tokens(60), never);
    const waiting = Array.from({ length: 10_000 }, () =>
      budget.reserve('m', tokens(50), never).catch((error: unknown) => isOutOfBudget(error)),
    );
    await turn();
    first.settle(tokens(60));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([true]));
  });

  it('refuses at once what could never fit, and lets smaller calls through', async () => {
    const budget = await open(100);
    await budget.reserve('m', tokens(60), never);
    await expect(budget.reserve('m', tokens(101), never)).rejects.toMatchObject({ code: 'budget' });
    await budget.reserve('m', tokens(40), never);
  });

  it('has ceilings of cost, and of single models', async () => {
    const budget = await openBudget({ run: { cost: 10 }, models: { dear: { cost: 1 } } }, memoryLedger());
    await budget.reserve('cheap', { tokens: 5, cost: 5 }, never);
    await expect(budget.reserve('dear', { tokens: 1, cost: 2 }, never)).rejects.toMatchObject({
      message: expect.stringContaining('budget of dear: 0 of 1 in cost'),
    });
    await expect(budget.reserve('cheap', { tokens: 5, cost: 11 }, never)).rejects.toMatchObject({
      message: expect.stringContaining('budget of the run'),
    });
  });

  it('has ceilings of parts too, whichever model spends on them, also after a restart', async () => {
    const { table } = memoryTable();
    const settings = { run: {}, models: { dear: { tokens: 70 } }, parts: { maths: { tokens: 50 } } };
    const before = await openBudget(settings, tableLedger(table));
    const first = await before.reserve(accountName('dear', 'maths'), tokens(30), never);
    first.settle(tokens(25));
    await before.reserve(accountName('cheap', 'maths'), tokens(15), never);
    await before.flushed();
    const after = await openBudget(settings, tableLedger(table));
    expect(after.state()).toMatchObject({
      models: { dear: { spent: tokens(25) }, cheap: { spent: tokens(15) } },
      parts: { maths: { spent: tokens(40) } },
    });
    const refused = await after.reserve(accountName('dear', 'maths'), tokens(11), never).catch((error) => error);
    expect([isOutOfBudget(refused), isPartOutOfBudget(refused)]).toEqual([true, true]);
    expect(refused.message).toContain('budget of the part maths: 40 of 50 tokens spent');
    (await after.reserve(accountName('dear', 'code'), tokens(45), never)).settle(tokens(45));
    const dear = await after.reserve(accountName('dear', 'code'), tokens(1), never).catch((error) => error);
    expect([isOutOfBudget(dear), isPartOutOfBudget(dear)]).toEqual([true, false]);
  });

  it('lets a waiting call go when it aborts, and those behind it pass', async () => {
    const budget = await open(100);
    await budget.reserve('m', tokens(60), never);
    const controller = new AbortController();
    const waiting = budget.reserve('m', tokens(50), controller.signal).catch((reason: unknown) => reason);
    const behind = budget.reserve('m', tokens(40), never);
    controller.abort('enough');
    expect(await waiting).toBe('enough');
    await behind;
  });

  it('sends nothing before the reservation is durable', async () => {
    let durable = () => {};
    const { table } = memoryTable();
    const slow: LedgerTable = { ...table, put: () => new Promise((resolve) => (durable = resolve)) };
    const budget = await open(100, slow);
    let given = false;
    const pending = budget.reserve('m', tokens(1), never).then(() => (given = true));
    await turn();
    expect(given).toBe(false);
    durable();
    await pending;
  });

  it('gives the amount back when the reservation could not be made durable', async () => {
    const { table } = memoryTable();
    const budget = await open(100, { ...table, put: () => Promise.reject(new Error('disk full')) });
    await expect(budget.reserve('m', tokens(1), never)).rejects.toThrow('disk full');
    expect(budget.state().run.reserved).toEqual(tokens(0));
  });

  it('gives nothing more once a settlement could not be made durable', async () => {
    const { table } = memoryTable();
    let full = false;
    const put: LedgerTable['put'] = (key, value) =>
      full ? Promise.reject(new Error('disk full')) : table.put(key, value);
    const budget = await open(100, { ...table, put });
    const { settle } = await budget.reserve('m', tokens(1), never);
    full = true;
    settle(tokens(1));
    await expect(budget.flushed()).rejects.toThrow('disk full');
    await expect(budget.reserve('m', tokens(1), never)).rejects.toThrow('disk full');
  });
});

describe('a budget across processes', () => {
  it('remembers what was settled, and counts what was open as spent', async () => {
    const { table } = memoryTable();
    const before = await open(100, table);
    const [first] = [await before.reserve('m', tokens(30), never), await before.reserve('n', tokens(20), never)];
    first.settle(tokens(5));
    await before.flushed();
    const after = await open(100, table);
    expect(after.state().run.spent).toEqual(tokens(25));
    expect(after.state().models).toMatchObject({ m: { spent: tokens(5) }, n: { spent: tokens(20) } });
  });

  it('needs no more entries than calls were in flight at once', async () => {
    const { table, entries } = memoryTable();
    for (let life = 0; life < 5; life++) {
      const budget = await open(1e6, table);
      for (let round = 0; round < 20; round++) {
        const held = await Promise.all(Array.from({ length: 8 }, () => budget.reserve('m', tokens(10), never)));
        for (const { settle } of held) settle(tokens(1));
        await budget.flushed();
      }
    }
    expect(entries.size).toBe(8);
    expect((await open(1e6, table)).state().run.spent).toEqual(tokens(5 * 20 * 8));
  });

  it('never goes over its ceiling, whatever the calls cost and whenever the process dies', async () => {
    const call = fc.record({
      atMost: fc.integer({ min: 1, max: 40 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const life = fc.array(call, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 20, max: 400 }),
        async (lives, ceiling) => {
          const { table } = memoryTable();
          let served = 0;
          for (const calls of lives) {
            const budget: Budget = await open(ceiling, table);
            expect(budget.state().run.spent.tokens).toBeGreaterThanOrEqual(served);
            // Every other call is still open when the process dies: the endpoint has made its tokens all the same.
            await Promise.all(
              calls.map(async ({ atMost, share }, index) => {
                const reservation = await budget.reserve('m', tokens(atMost), AbortSignal.timeout(5)).catch(() => null);
                if (reservation === null) return;
                const cost = Math.floor(atMost * share);
                served += cost;
                if (index % 2 === 0) reservation.settle(tokens(cost));
              }),
            );
            expect(served).toBeLessThanOrEqual(ceiling);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is used up by calls that are one after another, down to less than one call', async () => {
    const { table } = memoryTable();
    let served = 0;
    for (let life = 0; life < 30; life++) {
      const budget = await open(10_000, table);
      for (let index = 0; index < 50; index++) {
        const reservation = await budget.reserve('m', tokens(40), never).catch(() => null);
        if (reservation === null) break;
        reservation.settle(tokens(25));
        served += 25;
      }
      await budget.flushed();
    }
    expect(served).toBeGreaterThan(10_000 - 40);
    expect(served).toBeLessThanOrEqual(10_000);
  });
});
