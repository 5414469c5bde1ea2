import { readdir, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readProblems } from '../../../datasets/in/read-problems.ts';
import { fileOf } from '../files.ts';

const lines = Array.from({ length: 50_000 }, (_, n) => `{"statement":"What is ${n} + 1?","answer":${n + 1}}`).join(
  '\n',
);
const csv = `statement,answer\n${Array.from({ length: 50_000 }, (_, n) => `What is ${n}?,${n}`).join('\n')}`;

/** How many files of that name this process has open. */
const openFiles = async (path: string): Promise<number> => {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.filter((target) => target === path).length;
};

describe.skipIf(process.platform !== 'linux')('reading that is stopped early', () => {
  it.for<[string, string | Uint8Array]>([
    ['in.jsonl', lines],
    ['in.jsonl.gz', gzipSync(lines)],
    ['in.json', `[${lines.replaceAll('\n', ',')}]`],
    ['in.csv', csv],
  ])('%s is closed', async ([name, content]) => {
    const { folder, path } = await fileOf(name, content);
    for await (const read of readProblems({ path: name, from: folder })) {
      expect(read).toHaveProperty('problem');
      break;
    }
    while ((await openFiles(path)) > 0) await sleep(5);
    expect(await openFiles(path)).toBe(0);
  });
});
