import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacity } from '../../../runtime/step/capacity.ts';

const quiet = new AbortController().signal;

describe('capacity', () => {
  it('never holds more than its limits, and lets in by the order of the calls', async () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('enter' as const), bytes: fc.integer({ min: 0, max: 40 }) }),
        fc.record({ do: fc.constant('leave' as const), which: fc.nat() }),
        fc.record({ do: fc.constant('give up' as const), which: fc.nat() }),
      ),
      { maxLength: 80 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 60 }),
        moves,
        async (most, max, all) => {
          const room = capacity(most, max);
          /** The oracle: a list of those inside, and one of those that wait. */
          const inside: { id: number; bytes: number }[] = [];
          const waiting: { id: number; bytes: number; leave: AbortController }[] = [];
          const held = () => inside.reduce((sum, { bytes }) => sum + bytes, 0);
          const letIn = () => {
            for (let next = waiting[0]; next; next = waiting[0]) {
              if (inside.length >= most || (inside.length > 0 && held() + next.bytes > max)) return;
              inside.push(next);
              waiting.shift();
            }
          };
          const entered = new Set<number>();
          for (const [id, move] of all.entries()) {
            if (move.do === 'enter') {
              const leave = new AbortController();
              void room.enter(move.bytes, leave.signal).then((is) => is && entered.add(id));
              waiting.push({ id, bytes: move.bytes, leave });
            } else if (move.do === 'leave' && inside.length > 0) {
              const [gone] = inside.splice(move.which % inside.length, 1);
              room.leave(gone?.bytes ?? 0);
            } else if (move.do === 'give up' && waiting.length > 0) {
              const [gone] = waiting.splice(move.which % waiting.length, 1);
              gone?.leave.abort();
            }
            letIn();
            await Promise.resolve();
            await Promise.resolve();
            expect(room.inside).toBe(inside.length);
            for (const one of inside) expect(entered.has(one.id)).toBe(true);
            for (const one of waiting) expect(entered.has(one.id)).toBe(false);
            expect(inside.length === 1 || held() <= max).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says no to who comes after the end', async () => {
    expect(await capacity(1, 1).enter(1, AbortSignal.abort())).toBe(false);
  });

  it('lets a record that is larger than the limit in alone', async () => {
    const room = capacity(5, 10);
    expect(await room.enter(100, quiet)).toBe(true);
    const second = room.enter(1, quiet);
    expect(room.inside).toBe(1);
    room.leave(100);
    expect(await second).toBe(true);
  });
});
