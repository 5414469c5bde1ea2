import { describe, expect, it } from 'vitest';
import { announceNext, wantedAhead } from '../../processors/sampling/ahead.ts';
import { initialState, type SamplerState } from '../../processors/sampling/state.ts';
import { targetOf } from '../../processors/sampling/target.ts';
import type { Command } from '../../runtime/topology.ts';

const weights = { easy: 1, level_5: 1, level_4: 0, level_3: 0, level_2: 0, level_1: 0 };
const target = targetOf({ weights, records: 20, admit: 'after-grading', onShortfall: 'report', seed: 1 });
const easy = 'easy by seed 1';
const waiting = (count: number) => ({ easy: { 'seed 1': count } });

/** Ten places of easy ones: six emitted, four in hand, two of eight failed so far; and four that wait. */
const nearEnd: SamplerState = {
  ...initialState,
  ...{ target, drained: true, waiting: waiting(4) },
  ...{ open: { easy: 4, level_5: 1 }, emitted: { easy: 6, level_5: 9 }, failed: { easy: 2 } },
};

const wanted = (change: Partial<SamplerState> = {}) => Object.fromEntries(wantedAhead({ ...nearEnd, ...change }));

/** How many are announced in the end, where these are the states one after another. */
const announcedBy = (changes: readonly Partial<SamplerState>[], most: number): number[] => {
  let state = nearEnd;
  return changes.map((change) => {
    const commands: Command[] = [];
    state = announceNext({ ...state, ...change }, { head: () => undefined }, { most, commands });
    expect(commands).toEqual(commands.map(() => ({ do: 'announce', from: easy, into: `${easy} announced` })));
    return commands.length;
  });
};

describe('what the teacher is told ahead', () => {
  it('is as many of those in hand as fail, if they do as those before, and none where none failed', () => {
    expect(wanted()).toEqual({ easy: 1 });
    expect(wanted({ failed: { easy: 6 } })).toEqual({ easy: 2 });
    expect(wanted({ failed: {} })).toEqual({});
  });

  it('is nothing while a place is free, before all is graded, and where nothing more is let through', () => {
    expect(wanted({ open: { easy: 3 } })).toEqual({});
    expect(wanted({ drained: false })).toEqual({});
    expect(wanted({ halted: 'budget' })).toEqual({});
    expect(wanted({ target: { ...target, records: null } })).toEqual({});
    expect(wanted({ target: { ...target, admit: 'streaming' }, streak: { easy: 50 } })).toEqual({});
    expect(wanted({ target: null })).toEqual({});
  });

  it('is each once, never more than is allowed, and never more than there are', () => {
    const more = { failed: { easy: 18 } };
    expect(announcedBy([{}, {}], 4)).toEqual([1, 0]);
    expect(announcedBy([{}, more, more], 4)).toEqual([1, 2, 0]);
    expect(announcedBy([more, more], 2)).toEqual([2, 0]);
    expect(announcedBy([{ ...more, waiting: waiting(1) }], 4)).toEqual([1]);
  });
});
