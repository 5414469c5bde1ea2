import { describe, expect, it } from 'vitest';
import { askAhead, wantedAhead } from '../../../flow/run/ask-ahead.ts';
import { initialState, type SamplerState } from '../../../processors/sample.ts';
import { targetOf } from '../../../processors/sampling/target.ts';
import type { Transport } from '../../../runtime/transport.ts';
import type { Admitted } from '../../../schemas/types.ts';
import { topics } from '../../../topologies/topics.ts';
import { levelled, problem } from '../../datasets/records.ts';

const weights = { easy: 1, level_5: 1, level_4: 0, level_3: 0, level_2: 0, level_1: 0 };
const target = targetOf({ weights, records: 20, admit: 'after-grading', onShortfall: 'report', seed: 1 });

/** Ten places of easy ones: six emitted, four in hand, two of eight failed so far. */
const nearEnd: SamplerState = {
  ...initialState,
  ...{ target, drained: true },
  ...{ open: { easy: 4, level_5: 1 }, emitted: { easy: 6, level_5: 9 }, failed: { easy: 2 } },
};
/** Which of the easy ones that wait the teacher is asked about. */
const askedOf = async (states: readonly SamplerState[], most: number): Promise<string[]> => {
  const asked: string[] = [];
  const pointers = [10, 11, 12, 13].map((offset) => {
    const pointer = { key: `p${offset}`, order: String(offset), topic: 'levelled', partition: 0, offset };
    return [`queue/easy by seed 1/${offset}`, Buffer.from(JSON.stringify(pointer))] as const;
  });
  const scan = (prefix: string, limit: number) => (prefix.includes('/easy ') ? pointers.slice(0, limit) : []);
  const transport = {
    store: async () => ({ scan }),
    read: async (_topic: string, _partition: number, offset: number) => {
      const value = topics.levelled.codec.encode(levelled({ problem: problem({ id: `p${offset}` }), level: 'easy' }));
      return [{ offset, value }];
    },
  } as unknown as Transport;
  const ask = async ({ problem: { id } }: Admitted) => void asked.push(id);
  const ahead = askAhead({ transport, most, ask, stopping: new AbortController().signal });
  for (const state of states) {
    ahead.observe({ kind: 'folded', stage: 'sample', state, arrived: 0, admitted: 0, parked: 0 });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ahead.close();
  return asked;
};

const wanted = (change: Partial<SamplerState> = {}) => Object.fromEntries(wantedAhead({ ...nearEnd, ...change }));

describe('what is asked ahead', () => {
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

  it('is who is next in turn, each once, and never more than is allowed', async () => {
    const more = { ...nearEnd, failed: { easy: 18 } };
    expect(await askedOf([nearEnd, nearEnd], 4)).toEqual(['p10']);
    expect(await askedOf([nearEnd, more, more], 4)).toEqual(['p10', 'p11', 'p12']);
    expect(await askedOf([more, more], 2)).toEqual(['p10', 'p11']);
  });
});
