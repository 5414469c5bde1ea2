import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeptLetter } from '../../../../flow/status/letters/letters.ts';
import { retryLetter } from '../../../../flow/status/letters/retry.ts';
import type { NewRecord, Transport } from '../../../../runtime/transport.ts';
import { codecs } from '../../../../schemas/codecs.ts';

const original = Buffer.alloc(100 * 1024, 7);

/** A letter whose bytes were cut, and a transport that may still have the original. */
const world = (there: Uint8Array | null, kept: Uint8Array) => {
  const appended: NewRecord[][] = [];
  const letter = {
    ...{ run: 'test', stage: 'grade', code: 'request-too-large', message: 'too large', attempt: 1 },
    ...{ topic: 'problems', partition: 1, offset: 5, origin: null, length: original.length },
    sha256: createHash('sha256').update(original).digest('hex'),
  };
  const read = async (topic: string, partition: number, offset: number) => {
    const value = topic === 'problems' ? there : codecs.deadLetter.encode({ ...letter, value: kept });
    return value ? [{ topic, partition, offset, key: 'id', value, headers: {} }] : [];
  };
  const append = async (records: readonly NewRecord[]) => {
    appended.push([...records]);
    return [];
  };
  const kept_: KeptLetter = { name: '1-9', key: 'id', letter, retries: 0 };
  return { transport: { read, append, partitions: 1 } as unknown as Transport, letter: kept_, appended };
};

describe('a letter that is put back', () => {
  it('gives the original from where it lies, and takes the letter back in the same append', async () => {
    const { transport, letter, appended } = world(original, original.subarray(0, 64 * 1024));
    expect(await retryLetter(transport, letter)).toEqual({ name: '1-9', ok: true, topic: 'problems' });
    expect(appended).toHaveLength(1);
    const [back, word] = appended[0] as [NewRecord, NewRecord];
    expect(Buffer.from(back.value).equals(original)).toBe(true);
    expect(back).toMatchObject({ topic: 'problems', partition: 0, headers: { attempt: '2', run: 'test' } });
    expect(codecs.deadLetter.decode(word.value)).toMatchObject({ code: 'retried', stage: 'grade' });
  });

  it('is refused where the bytes were cut and the original is gone or another one', async () => {
    for (const there of [null, Buffer.alloc(100 * 1024, 8)]) {
      const { transport, letter, appended } = world(there, original.subarray(0, 64 * 1024));
      expect(await retryLetter(transport, letter)).toMatchObject({ ok: false, why: expect.stringContaining('64 KiB') });
      expect(appended).toEqual([]);
    }
  });

  it('gives its own bytes where they are whole and the original is gone', async () => {
    const { transport, letter, appended } = world(null, original);
    expect(await retryLetter(transport, letter)).toMatchObject({ ok: true });
    expect(appended).toHaveLength(1);
  });
});
