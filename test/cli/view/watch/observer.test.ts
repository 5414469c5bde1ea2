import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { observer } from '../../../../cli/view/watch/observer.ts';
import type { World } from '../../../../flow/run/run.ts';
import { notesAtWork } from '../../../../flow/status/notes/live-note.ts';
import { openEmbedded } from '../../../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../../../topologies/topics.ts';

it('a process leaves word each second while there is news, every five where there is none, and at its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-observer-'));
  const transport = openEmbedded({ path: folder, run: 'run', partitions: 1, runner: true });
  await transport.apply(topicSpecs);
  let now = 0;
  const seen = observer({ run: 'run', budget: undefined }, { now: () => now, wall: () => 1e12 + now });
  let calls = 0;
  const endpoints = () => [{ role: 'student', inFlight: calls }];
  const accepts = () => true;
  seen.begin({ transport, models: { endpoints }, usage: () => ({}), accepts } as unknown as World);
  const leftAt: number[] = [];
  for (; now < 14_000; now += 500) {
    if (now === 10_000) calls = 1;
    await seen.look();
    const [note] = await notesAtWork(transport, 1e12 + now);
    if (note?.at === 1e12 + now) leftAt.push(now);
  }
  expect(leftAt).toEqual([0, 5_000, 10_000]);
  await seen.end();
  expect(await notesAtWork(transport, 1e12 + now)).toEqual([]);
  await transport.close();
  rmSync(folder, { recursive: true });
});
