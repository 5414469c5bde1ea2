import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { lineOf } from '../../waiting/line.ts';

const never = () => new AbortController().signal;

describe('a line', () => {
  it('gives places in the order of coming, to those that come again before the new ones', async () => {
    const line = lineOf<string, string>();
    const came = [line.wait(never(), 'one'), line.wait(never(), 'two'), line.wait(never(), 'back', 'again')];
    const wanted = [];
    for (const place of ['first', 'second', 'third']) {
      wanted.push(line.first?.wanted);
      line.give(place);
    }
    expect(wanted).toEqual(['back', 'one', 'two']);
    expect(await Promise.all(came)).toEqual(['second', 'third', 'first']);
    expect([line.length, line.first]).toEqual([0, undefined]);
  });

  it('is left by who aborts, with its reason and without a trace', async () => {
    const line = lineOf<string, string>();
    const leaving = new AbortController();
    const gone = line.wait(leaving.signal, 'one');
    const stays = line.wait(never(), 'two');
    leaving.abort(new Error('no more'));
    await expect(gone).rejects.toThrow('no more');
    expect([line.length, line.first?.wanted]).toEqual([1, 'two']);
    line.give('place');
    expect(await stays).toBe('place');
    expect(getEventListeners(leaving.signal, 'abort')).toEqual([]);
    await expect(line.wait(leaving.signal, 'late')).rejects.toThrow('no more');
    expect(line.length).toBe(0);
  });

  it('turns the first away, or everyone', async () => {
    const line = lineOf<string, string>();
    const all = [line.wait(never(), 'one'), line.wait(never(), 'two', 'again'), line.wait(never(), 'three')];
    line.refuse('too dear');
    line.turnAway('closed');
    expect(await Promise.allSettled(all)).toEqual(
      ['closed', 'too dear', 'closed'].map((reason) => ({ status: 'rejected', reason })),
    );
  });
});
