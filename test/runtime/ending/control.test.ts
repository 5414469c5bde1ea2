import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ControlWord, controlLog, SOURCE_EPOCH } from '../../../runtime/ending/control.ts';
import type { Transport } from '../../../runtime/transport.ts';

const codec = {
  encode: (word: ControlWord): Uint8Array => Buffer.from(JSON.stringify(word)),
  decode: (bytes: Uint8Array): ControlWord => JSON.parse(Buffer.from(bytes).toString()),
};

/** A control topic alone; every second offset is a hole, and a read gives at most three words, late. */
const fakeTopic = () => {
  const values: Uint8Array[] = [];
  const transport = {
    append: async (records: readonly { value: Uint8Array }[]) => {
      values.push(...records.map(({ value }) => value));
      return [];
    },
    read: async (_topic: string, _partition: number, from: number) => {
      await new Promise((resolve) => setImmediate(resolve));
      return values
        .map((value, index) => ({ offset: 2 * index, value }))
        .filter(({ offset }) => offset >= from)
        .slice(0, 3);
    },
  } as unknown as Transport;
  return {
    transport,
    say: (word: ControlWord) => values.push(codec.encode(word)),
    last: () => 2 * values.length - 2,
    values,
  };
};

describe('the control log', () => {
  it('counts a stage’s seal only in the epoch that the stage had seen', async () => {
    const words = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('source' as const), end: fc.nat(100) }),
        fc.record({ kind: fc.constant('intake' as const), open: fc.boolean() }),
        fc.record({ kind: fc.constant('seal' as const), end: fc.nat(100), late: fc.nat(2) }),
        fc.constant({ kind: 'renewed' as const }),
        fc.constant({ kind: 'garbage' as const }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(words, async (all) => {
        const topic = fakeTopic();
        const log = controlLog(topic.transport, 'control', codec);
        /** The oracle: all epochs so far, and what counts in the last one. */
        const epochs = [-1];
        let open = true;
        let source: number | undefined;
        let sealed: number | undefined;
        const begin = () => {
          epochs.push(topic.last());
          sealed = undefined;
        };
        for (const word of all) {
          if (word.kind === 'source') {
            topic.say({ kind: 'sealed', topic: 'source', partition: 0, end: word.end, epoch: SOURCE_EPOCH });
            source = word.end;
            begin();
          } else if (word.kind === 'intake') {
            topic.say({ kind: 'intake', open: word.open });
            open = word.open;
            begin();
          } else if (word.kind === 'renewed') {
            topic.say({ kind: 'renewed' });
            begin();
          } else if (word.kind === 'garbage') topic.values.push(Buffer.from('{'));
          else {
            const seen = epochs.at(-1 - word.late);
            if (seen === undefined || seen < 0) continue;
            await log.seal('graded', 0, word.end, seen);
            if (seen === epochs.at(-1)) sealed = word.end;
          }
        }
        // Two readers at once: no word may be applied twice.
        await Promise.all([log.catchUp(), log.catchUp()]);
        expect(log.epoch).toBe(epochs.at(-1));
        expect(log.intakeOpen).toBe(open);
        expect(log.sealedEnd('source', 0)).toBe(source);
        expect(log.sealedEnd('graded', 0)).toBe(sealed);
      }),
      { numRuns: 100 },
    );
  });
});
