import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Progress, progress, undoneBelow } from '../../../runtime/step/progress.ts';
import type { Position } from '../../../runtime/transport.ts';

/**
 * A partition whose offsets have holes, worked on by runs that are cut off at any point. Each run delivers in order,
 * completes in any order, and commits at any moment; the world keeps what was ever committed.
 */
const story = fc.record({
  gaps: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 60 }),
  cap: fc.integer({ min: 16, max: 120 }),
  moves: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant({ do: 'deliver' as const }) },
      { weight: 5, arbitrary: fc.record({ do: fc.constant('complete' as const), which: fc.nat() }) },
      { weight: 3, arbitrary: fc.constant({ do: 'commit' as const }) },
      { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
    ),
    { maxLength: 200 },
  ),
});

describe('progress', () => {
  it('commits each record once, whatever the order, the holes, the restarts and the cap', () => {
    fc.assert(
      fc.property(story, ({ gaps, cap, moves }) => {
        const offsets = offsetsOf(gaps);
        const committed = new Map<number, number>();
        let position: Position | undefined;
        let run = begin(position, cap, offsets);
        const commit = () => {
          const { offset, metadata, now, later } = run.tracked.take(run.done);
          expect(metadata.length).toBeLessThanOrEqual(cap);
          for (const item of now) committed.set(item.offset, (committed.get(item.offset) ?? 0) + 1);
          position = { topic: 't', partition: 0, offset, metadata };
          run.done = later;
          // An output may be committed only if a reader of the position alone knows that its input is done.
          const reader = progress(position, cap);
          for (const one of offsets.filter((each) => each >= offset)) {
            expect(reader.deliver(one)).toBe(!committed.has(one));
          }
          for (const one of offsets.filter((each) => each < offset)) expect(committed.has(one)).toBe(true);
        };
        const step = (move: (typeof moves)[number]) => {
          if (move.do === 'deliver') run.deliver();
          else if (move.do === 'complete') run.complete(move.which);
          else if (move.do === 'commit') commit();
          else run = begin(position, cap, offsets);
        };
        for (const move of moves) step(move);
        while (run.deliver());
        while (run.complete(0));
        commit();
        expect([...committed.keys()].sort((a, b) => a - b)).toEqual(offsets);
        expect([...committed.values()].every((times) => times === 1)).toBe(true);
        expect(run.tracked.watermark).toBe((offsets.at(-1) as number) + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('takes damaged metadata, and that of another watermark, as nothing beyond', () => {
    const good = halfDone();
    expect(deliveredAgain(good)).toEqual([10, 12, 14]);
    fc.assert(
      fc.property(fc.nat({ max: 11 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(good.metadata, 'base64');
        const index = at % bytes.length;
        bytes[index] = (bytes[index] as number) ^ flip;
        expect(deliveredAgain({ ...good, metadata: bytes.toString('base64') })).toEqual([10, 11, 12, 13, 14]);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (metadata) => {
        expect(deliveredAgain({ ...good, metadata })).toEqual([10, 11, 12, 13, 14]);
      }),
    );
    expect(deliveredAgain({ ...good, offset: 9 })).toEqual([10, 11, 12, 13, 14]);
  });

  it('does not wait for a record that is gone from the topic', () => {
    const again = progress(halfDone(), 1000);
    for (const offset of [11, 13, 14]) again.deliver(offset);
    expect(again.watermark).toBe(14);
  });

  it('tells readers how many are not done', () => {
    expect(undoneBelow(undefined, 7)).toBe(7);
    expect(undoneBelow(halfDone(), 20)).toBe(2 + 6);
    expect(undoneBelow(halfDone(), 13)).toBe(2);
  });
});

const offsetsOf = (gaps: readonly number[]): number[] => {
  let offset = -1;
  return gaps.map((gap) => {
    offset += gap;
    return offset;
  });
};

/** 10 … 13 delivered, 11 and 13 committed. */
const halfDone = (): Position => {
  const tracked = progress({ topic: 't', partition: 0, offset: 10, metadata: '' }, 1000);
  for (const offset of [10, 11, 12, 13]) tracked.deliver(offset);
  const { offset, metadata } = tracked.take([{ offset: 11 }, { offset: 13 }]);
  return { topic: 't', partition: 0, offset, metadata };
};

const deliveredAgain = (position: Position): number[] => {
  const again = progress(position, 1000);
  return [10, 11, 12, 13, 14].filter((offset) => again.deliver(offset));
};

/** One run over the partition: what it has delivered and completed. */
const begin = (position: Position | undefined, cap: number, offsets: readonly number[]) => {
  const tracked: Progress = progress(position, cap);
  const inHand: number[] = [];
  const run = {
    tracked,
    done: [] as { offset: number }[],
    deliver: (): boolean => {
      const next = offsets.find((offset) => offset >= tracked.cursor);
      if (next === undefined) return false;
      if (tracked.deliver(next)) inHand.push(next);
      return true;
    },
    complete: (which: number): boolean => {
      if (inHand.length === 0) return false;
      const [offset] = inHand.splice(which % inHand.length, 1);
      run.done.push({ offset: offset as number });
      return true;
    },
  };
  return run;
};
