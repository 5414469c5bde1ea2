import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReplica } from '../../../../../runtime/transports/kafka/copies/replica.ts';

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '𝒳', '\0'), maxLength: 5 });
const write = fc.tuple(key, fc.option(fc.uint8Array({ maxLength: 8 })));

describe('a local copy', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-replica-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = (topic = 'one', now = 0) => {
    const replica = openReplica(join(folder, 'copy.sqlite'), () => now);
    replica.adopt(topic);
    return replica;
  };

  it('is the map that its writes make, and stays so when it is opened again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(write, { maxLength: 10 }), { maxLength: 8 }),
        key,
        key,
        (batches, prefix, after) => {
          const map = new Map<string, Uint8Array>();
          let replica = open();
          replica.clear();
          batches.forEach((writes, index) => {
            replica.apply(writes, index + 1);
            for (const [name, value] of writes) {
              if (value === null) map.delete(name);
              else map.set(name, value);
            }
            replica.close();
            replica = open();
          });
          expect(replica.offset()).toBe(batches.length);
          const wanted = [...map].filter(([name]) => name.startsWith(prefix)).sort(byBytes);
          expect(plain(replica.scan(prefix, 1000))).toEqual(plain(wanted));
          const later = wanted.filter(([name]) => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0);
          expect(plain(replica.scan(prefix, 2, after))).toEqual(plain(later.slice(0, 2)));
          for (const [name, value] of map) expect(Buffer.from(replica.get(name)!)).toEqual(Buffer.from(value));
          replica.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('begins anew for another topic, and after so long that deletions may have been forgotten', () => {
    const first = open();
    first.apply([['a', new Uint8Array([1])]], 5);
    first.close();
    const again = open('one', 60_000);
    expect(again.offset()).toBe(5);
    again.close();
    const other = open('two', 60_000);
    expect([other.offset(), other.get('a')]).toEqual([0, undefined]);
    other.apply([['a', new Uint8Array([1])]], 5);
    other.close();
    const late = open('two', 30 * 24 * 3_600_000);
    expect([late.offset(), late.get('a')]).toEqual([0, undefined]);
    late.close();
  });

  it('begins anew where the file is damaged', () => {
    writeFileSync(
      join(folder, 'copy.sqlite'),
      'this is no database, and long enough to be looked at as one'.repeat(40),
    );
    const replica = open();
    expect(replica.offset()).toBe(0);
    replica.apply([['a', new Uint8Array([1])]], 1);
    replica.close();
  });
});

const byBytes = ([one]: [string, Uint8Array], [other]: [string, Uint8Array]) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
const plain = (entries: readonly (readonly [string, Uint8Array])[]) =>
  entries.map(([name, value]) => [name, Buffer.from(value).toString('hex')]);
