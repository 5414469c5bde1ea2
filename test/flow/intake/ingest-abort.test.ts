import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingest } from '../../../flow/intake/ingest.ts';
import { sourceFiles } from '../../../flow/intake/source-files.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../../topologies/topics.ts';

const ROWS = 3_000;
let folder: string;
let transport: Transport;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-ingest-'));
  const row = (name: string, at: number) =>
    `${JSON.stringify({ statement: `${name}: ${at} + 1?`, answer: `${at + 1}` })}\n`;
  for (const name of ['a', 'b'])
    writeFileSync(join(folder, `${name}.jsonl`), Array.from({ length: ROWS }, (_, at) => row(name, at)).join(''));
  transport = openEmbedded({ path: join(folder, 'store'), run: 'test', partitions: 1, runner: true });
  await transport.apply(topicSpecs);
});
afterEach(async () => {
  await transport.close();
  rmSync(folder, { recursive: true });
});

const take = async (signal: AbortSignal, progress: () => void = () => {}) => {
  const files = await sourceFiles(['a', 'b'].map((name) => ({ path: `${name}.jsonl`, from: folder })));
  return ingest({ transport, files, topic: 'problems', run: 'test', signal, progress });
};
const kept = async () => (await transport.ends('problems')).reduce((sum, end) => sum + end, 0);

describe('an ingest that is aborted', () => {
  it('before it begins reads nothing', async () => {
    expect(await take(AbortSignal.abort())).toMatchObject({ problems: 0, read: [] });
    expect(await kept()).toBe(0);
  });

  it('in the middle of a file ends there, takes no further one, and the next one reads both whole', async () => {
    const stopping = new AbortController();
    expect(await take(stopping.signal, () => stopping.abort())).toMatchObject({ read: [] });
    expect(await kept()).toBeLessThan(ROWS);
    const never = new AbortController().signal;
    expect(await take(never)).toMatchObject({ problems: 2 * ROWS, bad: 0, known: 0, read: ['a.jsonl', 'b.jsonl'] });
    expect(await take(never)).toMatchObject({ problems: 0, known: 2 });
  });
});
