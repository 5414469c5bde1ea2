import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../llm/clock.ts';
import { type Budget, openBudget } from '../../../llm/money/budget.ts';
import type { Cost } from '../../../llm/money/prices.ts';
import { type SharedTable, sharedLedger } from '../../../llm/money/shared-ledger.ts';
import { chance } from '../../../rehearsal/exercises/random.ts';
import { manualClock } from '../manual-clock.ts';

const never = new AbortController().signal;
const tokens = (count: number): Cost => ({ tokens: count, cost: 0 });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** One log for all; every process reads it at its own pace, a page of `page()` entries at a time. */
const sharedLog = (page = () => 1_000, pause: () => Promise<unknown> = turn) => {
  const log: (readonly [string, Uint8Array])[] = [];
  const reader = (): SharedTable => {
    let next = 0;
    return {
      put: async (key, value) => {
        await pause();
        log.push([key, value]);
        await pause();
      },
      news: async () => {
        await pause();
        const found = log.slice(next, next + page());
        next += found.length;
        return found;
      },
    };
  };
  return { log, reader };
};

/** Longer than a call that waits lets pass before it looks again. */
const settledLook = () => new Promise((resolve) => setTimeout(resolve, 600));

let names = 0;
const processOn = ({ reader }: ReturnType<typeof sharedLog>, ceiling: number, clock?: Clock): Promise<Budget> =>
  openBudget({ run: { tokens: ceiling }, models: {} }, sharedLedger(reader(), `process-${names++}`, 'life', clock));

describe('a budget that many processes spend from', () => {
  it('gives the last of the money to one of two that want it at once', async () => {
    const shared = sharedLog();
    const [one, other] = [await processOn(shared, 100), await processOn(shared, 100)];
    const asked = [one, other].map((budget) => budget.reserve('m', tokens(60), AbortSignal.timeout(600)));
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('lets a call that waits have what another process gives back', async () => {
    const shared = sharedLog();
    const [one, other] = [await processOn(shared, 100), await processOn(shared, 100)];
    const first = await one.reserve('m', tokens(90), never);
    const waiting = other.reserve('m', tokens(60), never);
    first.settle(tokens(30));
    await waiting;
    expect(other.state().run).toEqual({ spent: tokens(30), reserved: tokens(60) });
  });

  it('refuses once another process has spent it', async () => {
    const shared = sharedLog();
    const [one, other] = [await processOn(shared, 100), await processOn(shared, 100)];
    const first = await one.reserve('m', tokens(90), never);
    const waiting = other.reserve('m', tokens(60), never).catch((error: unknown) => error);
    first.settle(tokens(90));
    expect(await waiting).toMatchObject({ code: 'budget', message: expect.stringContaining('90 of 100 tokens spent') });
  });

  it('counts what was open at a process that is long silent as spent, instead of waiting for it', async () => {
    const shared = sharedLog();
    const dead = await processOn(shared, 100, manualClock().clock);
    await dead.reserve('m', tokens(90), never);
    const { clock, advance } = manualClock();
    const alive = await processOn(shared, 100, clock);
    const waiting = alive.reserve('m', tokens(60), never).catch((error: unknown) => error);
    await advance(3_600_000);
    expect(await waiting).toMatchObject({ code: 'budget' });
  });

  it('waits for a process with a call of hours, which says now and then that it lives', async () => {
    const shared = sharedLog();
    const time = manualClock();
    const [slow, other] = [await processOn(shared, 100, time.clock), await processOn(shared, 100, time.clock)];
    const long = await slow.reserve('teacher', tokens(60), never);
    const waiting = other.reserve('teacher', tokens(50), never);
    for (let minute = 0; minute < 240; minute++) await time.advance(60_000);
    await settledLook();
    expect(shared.log.length).toBeLessThan(1_000);
    long.settle(tokens(5));
    await waiting;
    expect(other.state().run).toEqual({ spent: tokens(5), reserved: tokens(50) });
  });

  it('takes nobody for dead because nothing was read for long', async () => {
    const shared = sharedLog();
    const time = manualClock();
    const [slow, other] = [await processOn(shared, 100, time.clock), await processOn(shared, 100, time.clock)];
    const long = await slow.reserve('m', tokens(60), never);
    await (await other.reserve('m', tokens(10), never)).settle(tokens(0));
    for (let minute = 0; minute < 60; minute++) await time.advance(60_000);
    const waiting = other.reserve('m', tokens(50), never);
    long.settle(tokens(5));
    await waiting;
  });

  it('counts what an earlier life of its own name had open as spent at once', async () => {
    const shared = sharedLog();
    const live = (life: string) =>
      openBudget({ run: { tokens: 100 }, models: {} }, sharedLedger(shared.reader(), 'worker', life));
    await (await live('first')).reserve('m', tokens(90), never);
    await expect((await live('second')).reserve('m', tokens(60), never)).rejects.toMatchObject({ code: 'budget' });
  });

  it('has ceilings of single models', async () => {
    const shared = sharedLog();
    const open = () =>
      openBudget({ run: {}, models: { dear: { tokens: 10 } } }, sharedLedger(shared.reader(), `p${names++}`, 'life'));
    const [one, other] = [await open(), await open()];
    (await one.reserve('dear', tokens(10), never)).settle(tokens(8));
    await one.flushed();
    await other.reserve('cheap', tokens(1_000), never);
    await expect(other.reserve('dear', tokens(3), never)).rejects.toMatchObject({ message: /budget of dear: 8 of 10/ });
  });

  it('passes over what a stranger wrote', async () => {
    const shared = sharedLog();
    shared.log.push(['x', Buffer.from('not an entry')], ['y/0', Buffer.from('{"model":"m","settled":-1}')]);
    const budget = await processOn(shared, 100);
    await budget.reserve('m', tokens(100), never);
  });

  it.each([
    ['and is used up', 0],
    ['also where processes die, or come back from the dead', 0.1],
  ])('never goes over its ceiling, %s', { timeout: 120_000 }, async (_, mishaps) => {
    const mostOfACall = 30;
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.integer({ min: 200, max: 2_000 }), async (seed, ceiling) => {
        let drawn = 0;
        const random = () => chance(seed, drawn++);
        const pause = async () => {
          for (let turns = Math.floor(random() * 4); turns > 0; turns--) await turn();
        };
        const shared = sharedLog(() => 1 + Math.floor(random() * 5), pause);
        const asleep: (() => void)[] = [];
        let billed = 0;
        const live = async () => {
          const budget = await processOn(shared, ceiling);
          for (;;) {
            const atMost = 1 + Math.floor(random() * mostOfACall);
            const patience = mishaps > 0 ? AbortSignal.timeout(300) : never;
            const reservation = await budget.reserve('m', tokens(atMost), patience).catch(() => null);
            if (reservation === null) return;
            // From here on the endpoint may make its tokens, whatever becomes of the process.
            const cost = Math.floor(random() * (atMost + 1));
            billed += cost;
            await pause();
            if (random() < mishaps / 5) return;
            if (random() < mishaps) asleep.push(() => reservation.settle(tokens(cost)));
            else reservation.settle(tokens(cost));
            if (random() < mishaps) for (const wake of asleep.splice(0)) wake();
          }
        };
        await Promise.all(Array.from({ length: 4 }, live));
        expect(billed).toBeLessThanOrEqual(ceiling);
        if (mishaps === 0) expect(billed).toBeGreaterThan(ceiling - mostOfACall);
      }),
      { numRuns: 20 },
    );
  });
});
