import { describe, expect, it } from 'vitest';
import { framedTransport } from '../../../../flow/schemas/confluent/framed-transport.ts';
import { framingOf } from '../../../../flow/schemas/confluent/framing.ts';
import type { SchemaRegistry } from '../../../../flow/schemas/confluent/registry.ts';
import { subjectsOf } from '../../../../flow/schemas/confluent/subjects.ts';
import type { StoredRecord, Transport } from '../../../../runtime/transport.ts';
import { topicSpecs } from '../../../../topologies/topics.ts';

const FOREIGN = 500;
const MISSING = 600;

/** A registry that has our schemas and one of somebody else's, and keeps which ids it was asked for. */
const countingRegistry = () => {
  const asked: number[] = [];
  let ids = 0;
  let away = false;
  const registry: SchemaRegistry = {
    register: async () => ++ids,
    lookUp: async () => ++ids,
    schema: async (id) => {
      asked.push(id);
      if (away) throw new Error('away');
      return id === FOREIGN ? '{"type":"string"}' : null;
    },
  };
  return {
    registry,
    /** Those since the last look. */
    asked: () => asked.splice(0),
    be: (isAway: boolean) => {
      away = isAway;
    },
  };
};

const subjects = subjectsOf(topicSpecs, 'sluice', 'run');

describe('ids of schemas that are not ours', () => {
  it('are asked for once, however many records have them, and again after a while where there was none', async () => {
    const { registry, asked } = countingRegistry();
    let time = 0;
    const framing = await framingOf(registry, subjects, 'register', () => time);
    const records = Array.from({ length: 300 }, (_, offset): StoredRecord => {
      const value = Buffer.alloc(20);
      value.writeUInt32BE([FOREIGN, MISSING, framing.ids.get('control')!.id][offset % 3]!, 1);
      return { topic: 'control', partition: 0, offset, key: 'k', value, headers: {} };
    });
    const inner = { read: async () => records } as unknown as Transport;
    const framed = framedTransport(inner, framing, 'confluent');
    const heads = async () => {
      const values = (await framed.read('control', 0, 0, 300)).map(({ value }) => Buffer.from(value));
      return new Set(values.map((value) => value.subarray(0, 2).toString('hex')));
    };
    expect(await heads()).toEqual(new Set(['c301', '0000']));
    expect(asked()).toEqual([FOREIGN, MISSING]);
    time = 9_999;
    await heads();
    expect(asked()).toEqual([]);
    time = 10_000;
    await heads();
    expect(asked()).toEqual([MISSING]);
  });

  it('are asked for again where the registry was away', async () => {
    const { registry, asked, be } = countingRegistry();
    const { fingerprintOf } = await framingOf(registry, subjects, 'register');
    be(true);
    await expect(fingerprintOf(FOREIGN)).rejects.toThrow('away');
    be(false);
    expect(await fingerprintOf(FOREIGN)).toMatch(/^[0-9a-f]{16}$/);
    await fingerprintOf(FOREIGN);
    expect(asked()).toEqual([FOREIGN, FOREIGN]);
  });

  it('are forgotten where they are too many, the oldest first', async () => {
    const { registry, asked } = countingRegistry();
    const { fingerprintOf } = await framingOf(registry, subjects, 'register');
    for (let id = 1000; id <= 2000; id++) await fingerprintOf(id);
    asked();
    await fingerprintOf(2000);
    expect(asked()).toEqual([]);
    await fingerprintOf(1000);
    expect(asked()).toEqual([1000]);
  });
});
