import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { framedTransport } from '../../../../flow/schemas/confluent/framed-transport.ts';
import { framingOf } from '../../../../flow/schemas/confluent/framing.ts';
import { schemaRegistry } from '../../../../flow/schemas/confluent/registry.ts';
import { subjectsOf } from '../../../../flow/schemas/confluent/subjects.ts';
import type { NewRecord, StoredRecord, Transport } from '../../../../runtime/transport.ts';
import { codecs } from '../../../../schemas/codecs.ts';
import { topicSpecs } from '../../../../topologies/topics.ts';
import { type RegistryServer, startRegistry } from '../../../helpers/kafka/schema-registry.ts';

let server: RegistryServer;
beforeAll(async () => {
  server = await startRegistry('ann:secret');
});
afterAll(() => server.close());

const subjects = subjectsOf(topicSpecs, 'sluice', 'run');
const login = { username: 'ann', password: 'secret' };
const registry = () => schemaRegistry({ url: `${server.url}/`, ...login });

/** Keeps what is appended, and gives it back. */
const kept = () => {
  const records: NewRecord[] = [];
  const inner = {
    append: async (more: readonly NewRecord[]) => records.push(...more),
    read: async (topic: string) =>
      records.filter((one) => one.topic === topic).map((one, offset): StoredRecord => ({ ...one, offset })),
  } as unknown as Transport;
  return { records, inner };
};
const stop = codecs.control.encode({ kind: 'stop', at: 0 } as never);
const record = (value: Uint8Array): NewRecord => ({ topic: 'control', partition: 0, key: 'k', value, headers: {} });

it('refuses what is not registered, a wrong login and a registry that is away, by a word', async () => {
  await expect(framingOf(registry(), subjects, 'lookUp')).rejects.toThrow(
    /refuses the schema of sluice\.\S+-value with 404: Subject '.*' not found\.; run `sluice topics apply`/,
  );
  const wrong = schemaRegistry({ url: server.url, ...login, password: 'wrong' });
  await expect(wrong.schema(1)).rejects.toMatchObject({
    code: 'broker-refused',
    message: expect.stringContaining('401'),
  });
  const away = schemaRegistry({ url: 'http://127.0.0.1:1' });
  await expect(away.schema(1)).rejects.toMatchObject({ code: 'broker-unreachable' });
});

it('reads no more of an answer without end than a registry ever says', async () => {
  const piece = Buffer.alloc(1 << 16, ' ');
  let written = 0;
  const endless = createServer((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(piece)) written += piece.length;
    };
    response.on('drain', more).on('error', () => {});
    more();
  });
  await new Promise<void>((listening) => endless.listen(0, '127.0.0.1', listening));
  try {
    const { port } = endless.address() as AddressInfo;
    const asked = schemaRegistry({ url: `http://127.0.0.1:${port}` }).schema(1);
    await expect(asked).rejects.toMatchObject({ code: 'broker-unreachable' });
    expect(written).toBeLessThan(64 << 20);
  } finally {
    endless.closeAllConnections();
    endless.close();
  }
});

it('registers every topic of records under its own name, once, and gives the same ids to who looks', async () => {
  const framing = await framingOf(registry(), subjects, 'register');
  const again = await framingOf(registry(), subjects, 'lookUp');
  expect(again.ids).toEqual(framing.ids);
  expect(server.subjects()).toEqual(subjects.map(({ name }) => name).sort());
  expect(server.subjects()).toContain('sluice.problems-value');
  expect(server.subjects()).toContain('sluice.run.cot-value');
});

it('writes the zero byte and the id, and gives single objects back', async () => {
  const framing = await framingOf(registry(), subjects, 'register');
  const { records, inner } = kept();
  const framed = framedTransport(inner, framing, 'confluent');
  await framed.append([record(stop)]);
  const head = Buffer.from(records[0]!.value).subarray(0, 5);
  expect([head[0], head.readUInt32BE(1)]).toEqual([0, framing.ids.get('control')!.id]);
  const [read] = await framed.read('control', 0, 0, 10);
  expect(Buffer.from(read!.value)).toEqual(Buffer.from(stop));
});

it('reads both framings, whichever is written, and leaves what a stranger wrote as it is', async () => {
  const framing = await framingOf(registry(), subjects, 'register');
  const { records, inner } = kept();
  const foreign = server.register('other-value', '{"type":"string"}');
  const head = (id: number) => Buffer.from([0, 0, 0, 0, id]);
  await framedTransport(inner, framing, 'confluent').append([record(stop), record(Buffer.from('text'))]);
  await framedTransport(inner, framing, 'single-object').append([
    record(stop),
    record(head(99)),
    record(head(foreign)),
  ]);
  expect(Buffer.from(records[2]!.value)).toEqual(Buffer.from(stop));
  const read = await framedTransport(inner, framing, 'single-object').read('control', 0, 0, 10);
  expect(read.slice(0, 4).map(({ value }) => Buffer.from(value))).toEqual([
    Buffer.from(stop),
    Buffer.from('text'),
    Buffer.from(stop),
    head(99),
  ]);
  // Somebody's own schema: the record has a writer that nobody here knows.
  expect(Buffer.from(read[4]!.value).subarray(0, 2).toString('hex')).toBe('c301');
});
