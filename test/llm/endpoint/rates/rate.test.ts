import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../llm/clock.ts';
import { type ClaimTable, sharedClaims } from '../../../../llm/endpoint/rates/claims.ts';
import { openRate, type Rate } from '../../../../llm/endpoint/rates/rate.ts';
import { manualClock } from '../../manual-clock.ts';

const never = new AbortController().signal;

interface Sent {
  readonly at: number;
  readonly tokens: number;
}

/** The most that begins in any stretch of so many milliseconds, as a server counts it. */
const mostWithin = (sent: readonly Sent[], milliseconds: number, of: (one: Sent) => number = () => 1): number => {
  let [most, sum, first] = [0, 0, 0];
  const sorted = [...sent].sort((left, right) => left.at - right.at);
  for (const one of sorted) {
    sum += of(one);
    while (one.at - (sorted[first] as Sent).at >= milliseconds) sum -= of(sorted[first++] as Sent);
    most = Math.max(most, sum);
  }
  return most;
};

/** Calls that come by themselves, each for so many tokens, which are known when it is answered. */
const callAll = (
  rate: Rate,
  clock: Clock,
  sent: Sent[],
  calls: readonly { at: number; tokens: number; takes: number }[],
) =>
  Promise.all(
    calls.map(async ({ at, tokens, takes }) => {
      await clock.sleep(at);
      const turn = await rate.turn(4 * tokens, never);
      sent.push({ at: clock.now(), tokens });
      await clock.sleep(takes);
      turn.settle(tokens);
    }),
  );

/** One log for all, whose writes and reads take their time. */
const slowLog = (clock: Clock, delay: () => number) => {
  const entries: [string, Uint8Array][] = [];
  return (): ClaimTable => {
    let next = 0;
    return {
      put: async (key, value) => {
        await clock.sleep(delay());
        entries.push([key, value]);
        await clock.sleep(delay());
      },
      news: async () => {
        await clock.sleep(delay());
        const news = entries.slice(next);
        next = entries.length;
        return news;
      },
    };
  };
};

const burst = (count: number, tokens = 100) => Array.from({ length: count }, () => ({ at: 0, tokens, takes: 300 }));

describe('a declared rate', () => {
  it('holds for every second and every minute, whenever calls come, and is used', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(30, 60, 300, 1200),
        fc.array(fc.record({ at: fc.nat(20_000), tokens: fc.constant(1), takes: fc.nat(3000) }), { maxLength: 150 }),
        async (rpm, calls) => {
          const { clock, advance } = manualClock();
          const sent: Sent[] = [];
          const rate = openRate('s', { rpm }, { clock });
          const all = callAll(rate, clock, sent, calls);
          await advance(30_000 + (calls.length * 60_000) / (0.75 * rpm));
          await all;
          expect(mostWithin(sent, 1000)).toBeLessThanOrEqual(Math.max(1, rpm / 60));
          expect(mostWithin(sent, 60_000)).toBeLessThanOrEqual(rpm);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    [1200, 0.79],
    [30, 0.95],
  ])('of %d calls a minute is used to %d by calls that wait', async (rpm, share) => {
    const { clock, advance } = manualClock();
    const sent: Sent[] = [];
    const all = callAll(openRate('s', { rpm }, { clock }), clock, sent, burst(rpm));
    await advance(120_000);
    const inFull = sent.filter(({ at }) => at >= 1000 && at < 61_000).length;
    expect(inFull).toBeGreaterThanOrEqual(share * rpm);
    await advance(60_000);
    await all;
  });

  it('holds for every second when calls are a quarter of a second late on their way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(60, 100, 300, 900), fc.nat(), async (rpm, seed) => {
        const { clock, advance } = manualClock();
        const sent: Sent[] = [];
        const all = callAll(openRate('s', { rpm }, { clock }), clock, sent, burst(rpm / 4, 1));
        await advance(60_000);
        await all;
        let draw = seed;
        const arrived = sent.map(({ at, tokens }) => {
          draw = (draw * 1_103_515_245 + 12_345) % 2_147_483_648;
          return { at: at + (draw % 250), tokens };
        });
        expect(mostWithin(arrived, 1000)).toBeLessThanOrEqual(Math.max(1, Math.ceil(rpm / 60)));
        expect(mostWithin(arrived, 60_000)).toBeLessThanOrEqual(rpm);
      }),
      { numRuns: 20 },
    );
  });

  it('counts tokens as calls come to them', async () => {
    const { clock, advance } = manualClock();
    const sent: Sent[] = [];
    const rate = openRate('s', { tpm: 60_000 }, { clock });
    const calls = Array.from({ length: 300 }, (_none, index) => ({
      at: 0,
      tokens: 500 + (index % 7) * 200,
      takes: 900,
    }));
    const all = callAll(rate, clock, sent, calls);
    await advance(200_000);
    expect(mostWithin(sent, 60_000, ({ tokens }) => tokens)).toBeLessThanOrEqual(60_000);
    const early = sent.filter(({ at }) => at >= 60_000 && at < 180_000);
    expect(early.reduce((sum, { tokens }) => sum + tokens, 0)).toBeGreaterThan(0.8 * 2 * 60_000);
    await advance(300_000);
    await all;
  });

  it('lets go of a call that is given up, and says why others wait', async () => {
    const { clock, advance } = manualClock();
    const rate = openRate('s', { rpm: 6, tpm: 1000 }, { clock });
    const given = new AbortController();
    const first = rate.turn(10, never);
    const second = rate.turn(10, given.signal);
    await advance(1);
    await first;
    expect(rate.why()).toBe('kept to 6 requests and 1000 tokens a minute');
    given.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    expect(rate.why()).toBeNull();
  });
});

describe('a rate that three processes share', () => {
  it('holds for all of them together, by second and by minute, and is used', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(60, 300, 1200), fc.nat(20), fc.nat(), async (rpm, slowest, seed) => {
        const { clock, advance } = manualClock();
        let draw = seed;
        const log = slowLog(clock, () => {
          draw = (draw * 1_103_515_245 + 12_345) % 2_147_483_648;
          return draw % (slowest + 1);
        });
        const sent: Sent[] = [];
        const rates = ['a', 'b', 'c'].map((worker) =>
          openRate('s', { rpm }, { clock, claims: sharedClaims(log(), worker) }),
        );
        const each = Math.ceil((1.5 * rpm) / 3 / 2);
        const all = Promise.all(rates.map((rate) => callAll(rate, clock, sent, burst(each, 1))));
        await advance(60_000);
        expect(mostWithin(sent, 1000)).toBeLessThanOrEqual(Math.max(1, rpm / 60));
        expect(mostWithin(sent, 60_000)).toBeLessThanOrEqual(rpm);
        expect(sent.length).toBeGreaterThanOrEqual(Math.min(3 * each, 0.7 * rpm));
        await advance(120_000);
        await all;
      }),
      { numRuns: 12 },
    );
  });

  it('goes on with the others when one is gone, and fails those that wait when the log does', async () => {
    const { clock, advance } = manualClock();
    const log = slowLog(clock, () => 5);
    const sent: Sent[] = [];
    const gone = openRate('s', { rpm: 60 }, { clock, claims: sharedClaims(log(), 'gone') });
    void gone.turn(1, never);
    void gone.turn(1, never);
    const left = openRate('s', { rpm: 60 }, { clock, claims: sharedClaims(log(), 'left') });
    const all = callAll(left, clock, sent, burst(20, 1));
    await advance(40_000);
    await all;
    expect(sent).toHaveLength(20);
    const broken: ClaimTable = { put: () => Promise.reject(new Error('no broker')), news: async () => [] };
    const failing = openRate('s', { rpm: 60 }, { clock, claims: sharedClaims(broken, 'x') });
    const turn = failing.turn(1, never);
    turn.catch(() => {});
    await advance(5000);
    await expect(turn).rejects.toThrow('no broker');
  });
});
