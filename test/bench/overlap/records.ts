import { fork } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { message } from '../message.ts';
import type { PlainWork, Times } from './plain-client.ts';
import { type ServerSettings, startServer } from './server.ts';

export interface RecordSettings extends ServerSettings {
  readonly problems: number;
  readonly concurrency: number;
}

/** A folder whose run emits every problem, each after student, scorer and teacher, as they come. */
export const everyProblem = (url: string, problems: number, concurrency: number): Place => {
  const { target, ...config } = sumsConfig(url, 'bench', { records: problems, concurrency });
  const there = place({ ...config, target: { ...target, admit: 'streaming', distribution: 'natural' } });
  there.write('problems.jsonl', plainSums(problems));
  return there;
};

/** First and last record on disk, ours and those of a plain client, from the first request on. */
export const records = async ({ problems, concurrency, ...settings }: RecordSettings) => {
  const server = await startServer(settings);
  const there = everyProblem(server.url, problems, concurrency);
  try {
    const began = Date.now();
    const started = there.start('run');
    const seen = await whenOnDisk(join(there.folder, 'out', 'cot.jsonl'), problems, started.running);
    const { code, stderr } = await started.ended;
    if (code !== 0) throw new Error(stderr);
    const { order, firstRequest } = await server.ask('reset');
    const ideal = await plainTimes({ url: server.url, statements: order, concurrency });
    const ours = { first: seen.first - firstRequest, last: seen.last - firstRequest };
    return { ours, ideal, start: firstRequest - began };
  } finally {
    there.remove();
    server.close();
  }
};

const plainTimes = async (work: PlainWork): Promise<Times> => {
  const child = fork(join(import.meta.dirname, 'plain-client.ts'));
  child.send(work);
  return message<Times>(child);
};

const LOOK_EVERY_MILLISECONDS = 5;

/** When the first and the last of so many lines were there, in milliseconds since 1970. */
const whenOnDisk = async (file: string, wanted: number, running: () => boolean): Promise<Times> => {
  const lines = lineCounter(file);
  let first = Number.NaN;
  for (;;) {
    const there = lines();
    if (there > 0 && Number.isNaN(first)) first = Date.now();
    if (there >= wanted) return { first, last: Date.now() };
    if (!running()) throw new Error(`the run ended with ${there} of ${wanted} records`);
    await sleep(LOOK_EVERY_MILLISECONDS);
  }
};

/** Counts a growing file's lines, reading only what is new; one that was put in its place is counted anew. */
const lineCounter = (file: string) => {
  const piece = Buffer.alloc(1 << 20);
  let inode = 0;
  let position = 0;
  let lines = 0;
  return (): number => {
    const descriptor = openIfThere(file);
    if (descriptor === null) return lines;
    try {
      const { ino } = fstatSync(descriptor);
      if (ino !== inode) position = lines = 0;
      inode = ino;
      for (;;) {
        const length = readSync(descriptor, piece, 0, piece.length, position);
        if (length === 0) return lines;
        position += length;
        for (let at = piece.indexOf(10); at >= 0 && at < length; at = piece.indexOf(10, at + 1)) lines++;
      }
    } finally {
      closeSync(descriptor);
    }
  };
};

const openIfThere = (file: string): number | null => {
  try {
    return openSync(file, 'r');
  } catch {
    return null;
  }
};
