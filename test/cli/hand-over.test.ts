import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { workFolder } from './sluice.ts';

const module = pathToFileURL(join(import.meta.dirname, '../../cli/hand-over.js')).href;
const folder = workFolder();
afterAll(() => folder.destroy());

// Does what it is told by its argument, as a run would, and says which process it is.
const work = join(folder.path, 'work.mjs');
writeFileSync(
  work,
  `import { dieWithLauncher } from ${JSON.stringify(module)};
   dieWithLauncher();
   const [, , how] = process.argv;
   if (how === 'code') process.exit(7);
   process.on('SIGINT', () => { console.log('SIGINT'); if (how === 'once') setTimeout(() => process.exit(130), 300); });
   console.log(process.pid);
   setInterval(() => {}, 1000);`,
);
const launcher = (before: string) => {
  const file = join(folder.path, `launch-${before.length}.mjs`);
  const text = `import { handOver } from ${JSON.stringify(module)};
   ${before}
   handOver(process.execPath, [${JSON.stringify(work)}, ...process.argv.slice(2)]);`;
  writeFileSync(file, text);
  return file;
};

const start = async (file: string, how: string) => {
  const child: ChildProcess = spawn(process.execPath, [file, how], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout?.on('data', (bytes) => {
    told += bytes;
  });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  while (how !== 'code' && !told.includes('\n')) await sleep(10);
  return { child, ended, worker: Number(told.split('\n')[0]), lines: () => told.trim().split('\n') };
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const gone = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 500 && isAlive(pid); tries++) await sleep(10);
  return !isAlive(pid);
};

describe.each([
  ['as itself, where the old Node can be replaced', ''],
  ['as a process beside it, where it cannot', 'process.execve = undefined;'],
])('the run that an older Node hands over to goes on %s', (_, before) => {
  const file = launcher(before);

  it('and is gone when the process that was started is killed', async () => {
    const { child, worker, ended } = await start(file, 'wait');
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await gone(worker)).toBe(true);
  });

  it('and a kill of the worker is seen as what it was', async () => {
    const { worker, ended } = await start(file, 'wait');
    process.kill(worker, 'SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('with its exit code', async () => {
    const { ended } = await start(file, 'code');
    expect(await ended).toEqual([7, null]);
  });

  it('and hears each signal once', async () => {
    const { child, ended, lines } = await start(file, 'once');
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(lines().slice(1)).toEqual(['SIGINT']);
  });
});
