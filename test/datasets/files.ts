import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ProblemSource, type Read, readProblems } from '../../datasets/in/read-problems.ts';

/** Where the real data lies, and whether it does. */
export const dataFolder = resolve(process.env.SLUICE_DATA ?? '../shared/data');
export const haveData = existsSync(dataFolder);

/** A folder that is gone when the test is over. */
export const scratchFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-datasets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A file of that content in a folder of its own. */
export const fileOf = async (name: string, content: string | Uint8Array): Promise<{ folder: string; path: string }> => {
  const folder = await scratchFolder();
  const path = join(folder, name);
  await writeFile(path, content);
  return { folder, path };
};

/** Everything that a source gives, problems and bad rows apart. */
export const readAll = async (source: ProblemSource) => {
  const reads: Read[] = [];
  for await (const read of readProblems(source)) reads.push(read);
  return {
    problems: reads.flatMap((read) => ('problem' in read ? [read.problem] : [])),
    bad: reads.flatMap((read) => ('bad' in read ? [read.bad] : [])),
  };
};
