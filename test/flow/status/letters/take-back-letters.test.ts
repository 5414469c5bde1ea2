import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fillProblems } from '../../../../flow/run/fill.ts';
import { lettersOf } from '../../../../flow/status/letters/letters.ts';
import type { Transport } from '../../../../runtime/transport.ts';
import { flowWorld } from '../../../helpers/flow.ts';

let world: ReturnType<typeof flowWorld>;
let transport: Transport;
beforeEach(async () => {
  world = flowWorld();
  transport = await world.open();
});
afterEach(async () => {
  await transport.close();
  world.destroy();
});

it('takes the letters of a file back when it is read anew, and keeps those that still hold', async () => {
  const file = join(world.path, 'problems.jsonl');
  const row = (id: number, answer: string | null) => ({ id, domain: 'maths', statement: `What is ${id}?`, answer });
  const fill = async (rows: readonly object[]) => {
    writeFileSync(file, rows.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await ingestFile(file);
    return (await lettersOf(transport, 'test')).standing.map(({ letter }) => letter.origin?.split(':').at(-1)).sort();
  };
  expect(await fill([row(1, '1'), row(2, null), row(3, null)])).toEqual(['2', '3']);
  expect(await fill([row(1, '1'), row(2, '2'), row(3, null)])).toEqual(['3']);
  expect(await fill([row(1, '1'), row(2, '2'), row(3, '3')])).toEqual([]);
});

const ingestFile = (path: string) =>
  fillProblems(
    { config: { run: 'test', problems: [{ path, preset: 'generic' }] }, folder: world.path, plugins: [] } as never,
    {
      ...{ transport, acceptance: {} as never, signal: new AbortController().signal, follow: false, tell: () => {} },
    },
  );
