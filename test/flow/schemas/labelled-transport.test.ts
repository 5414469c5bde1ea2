import { expect, it } from 'vitest';
import { labelledTransport } from '../../../flow/schemas/labelled-transport.ts';
import type { Commit, NewRecord, Task, Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';

const stop = codecs.control.encode({ kind: 'stop', at: 0 } as never);
const record = (value: Uint8Array, headers = {}): NewRecord => ({
  ...{ topic: 'control', partition: 0, key: 'k' },
  ...{ value, headers },
});

it('says in headers what a record is, whether it is appended or a stage’s output, and leaves its own as they are', async () => {
  const written: NewRecord[] = [];
  const task = { commit: async ({ outputs }: Commit) => void written.push(...outputs) } as unknown as Task;
  const inner = {
    append: async (records: readonly NewRecord[]) => void written.push(...records),
    join: async (_group: unknown, assigned: (one: Task) => Promise<void>) => assigned(task),
  } as unknown as Transport;
  const labelled = labelledTransport(inner, 'mine');
  await labelled.append([record(stop), record(stop, { run: 'other', attempt: '2' })]);
  const joined = await new Promise<Task>((assigned) => {
    void labelled.join({ stage: 's', inputs: [], ownership: 'partitioned' }, async (one) => assigned(one));
  });
  await joined.commit({ positions: [], outputs: [record(stop, { id: '1' }), record(Buffer.from('text'))], store: [] });
  expect(written.map(({ headers }) => headers)).toEqual([
    { schema: 'control', version: '1', run: 'mine' },
    { schema: 'control', version: '1', run: 'other', attempt: '2' },
    { schema: 'control', version: '1', run: 'mine', id: '1' },
    // No sluice's bytes: nothing is said of what they are.
    { run: 'mine' },
  ]);
  expect(written.every(({ value }) => value === stop || Buffer.from(value).toString() === 'text')).toBe(true);
});
