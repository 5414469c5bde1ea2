import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cotLines } from '../../../datasets/out/exporters/canonical.ts';
import { mirrorCot, mirrorSpec } from '../../../flow/outputs/mirror-cot.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import type { Cot } from '../../../schemas/types.ts';
import { topicSpecs, topics } from '../../../topologies/topics.ts';
import { cot, problem } from '../../datasets/records.ts';

let folder: string;
let transport: Transport;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-mirror-'));
  transport = openEmbedded({ path: join(folder, 'store'), run: 'test', partitions: 2, runner: true });
  await transport.apply(topicSpecs);
});
afterEach(async () => {
  await transport.close();
  rmSync(folder, { recursive: true });
});

const idOf = (number: number): string => number.toString(16).padStart(32, '0');
const recordOf = (number: number, more: Partial<Cot> = {}): Cot =>
  cot({ problem: problem({ id: idOf(number) }), ...more });
const append = (records: readonly Cot[], partition = 0) =>
  transport.append(
    records.map((record) => ({
      ...{ topic: topics.cot.name, partition, key: record.problem.id, headers: {} },
      value: topics.cot.codec.encode(record),
    })),
  );
const mirror = (left: string[] = [], largest = Number.POSITIVE_INFINITY) =>
  mirrorCot(
    { ...transport, largestOutput: { bytes: largest, advice: '; raise it' } },
    {
      ...{ run: 'test', follow: false, stopping: new AbortController().signal },
      leftOut: (message) => void left.push(message),
    },
  );
const mirrored = async (partition: number) =>
  (await transport.read(mirrorSpec.name, partition, 0, 1000)).map(({ key, value }) => [
    key,
    JSON.parse(Buffer.from(value).toString()),
  ]);

it('writes the lines of cot.jsonl under their ids, in the partitions of their problems, and later only what is new', async () => {
  const [one, other] = [recordOf(1), recordOf(2)];
  await append([one], 0);
  await append([other], 1);
  expect(await mirror()).toBe(2);
  expect(await mirrored(0)).toEqual([[idOf(1), JSON.parse(JSON.stringify(cotLines(one, 'test')[0]))]]);
  expect(await mirrored(1)).toHaveLength(1);
  expect(await mirror()).toBe(0);
  await append([recordOf(3)], 0);
  expect(await mirror()).toBe(1);
  expect((await mirrored(0)).map(([key]) => key)).toEqual([idOf(1), idOf(3)]);
});

it('keeps the traces of one problem apart', async () => {
  const { reasoning, answer, extracted, found } = recordOf(1);
  const record = recordOf(1, { others: [{ sample: 4, reasoning, answer, extracted, found }] });
  await append([record]);
  await mirror();
  expect((await mirrored(0)).map(([key]) => key)).toEqual([`${idOf(1)}/1`, `${idOf(1)}/4`]);
});

it('names what it leaves out, and goes on', async () => {
  await append([recordOf(1), recordOf(2, { reasoning: 'long '.repeat(10_000) }), recordOf(3)]);
  await transport.append([
    { topic: topics.cot.name, partition: 0, key: 'k', value: Buffer.from('a stranger’s'), headers: {} },
  ]);
  const left: string[] = [];
  expect(await mirror(left, 20_000)).toBe(2);
  expect(left).toEqual([
    expect.stringMatching(new RegExp(`^${idOf(2)}: takes \\d+ bytes as JSON, and 20000 are allowed; raise it$`)),
    expect.stringMatching(/^cot\/0\/3: no schema of this sluice reads it/),
  ]);
});
