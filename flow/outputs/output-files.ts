import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cotLines, rejectedLine } from '../../datasets/out/exporters/canonical.ts';
import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord, Transport } from '../../runtime/transport.ts';
import type { Rejected } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { pause } from '../../waiting/wait.ts';
import { makeFolder } from '../store/folders.ts';
import { readable, scan } from '../store/scan.ts';
import { many, one } from '../wording.ts';

/** A product of the run as a file of lines. */
export interface Product<T> {
  readonly file: string;
  readonly topic: Topic<T>;
  readonly lines: (record: T, run: string) => readonly object[];
}

const cot = { file: 'cot.jsonl', topic: topics.cot, lines: cotLines };
const rejected = {
  file: 'rejected.jsonl',
  topic: topics.rejected,
  lines: (record: Rejected, run: string) => [rejectedLine(record, run)],
};

/**
 * Keeps `cot.jsonl` and `rejected.jsonl` growing while the run goes on, one writer each. Beside each lies a position
 * (offsets and length, fsynced); a file is cut back to it on start, so that no crash leaves a half or a double line.
 */
export const followFiles = async (
  transport: Transport,
  run: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> => {
  await written(folder, async () => makeFolder(folder));
  await Promise.all(
    [cot, rejected].map((product) =>
      written(join(folder, product.file), async () => {
        // Whoever writes the file anew meanwhile (`sluice export`) replaces it: then it is followed from there.
        while (!signal.aborted) await followFile(transport, product as Product<unknown>, run, folder, signal);
      }),
    ),
  );
};

/**
 * Writes both files anew in canonical order (partition, offset): the same records give the same bytes. `tell` hears of
 * records that are left out because they are not ours.
 */
export const writeFiles = async (
  transport: Transport,
  run: string,
  folder: string,
  tell: (message: string) => void,
): Promise<void> => {
  await written(folder, async () => makeFolder(folder));
  tellOf(await writeCanonical(transport, cot, run, folder), tell);
  tellOf(await writeCanonical(transport, rejected, run, folder), tell);
};

const tellOf = (strangers: readonly StoredRecord[], tell: (message: string) => void): void => {
  const [first] = strangers;
  if (!first) return;
  const { topic, partition, offset } = first;
  tell(
    `${topic}: ${many(strangers.length, 'record')} ${one(strangers.length, 'is', 'are')} left out that no schema of this sluice reads, the first at partition ${partition}, offset ${offset}: somebody else wrote to the topic, or a newer sluice did`,
  );
};

/** Writes a text to its place in one step: whoever reads sees the old one or the new one. */
export const replaceFile = (
  file: string,
  write: (put: (text: string) => void, inode: number) => void | Promise<void>,
): Promise<void> => written(file, () => replaced(file, write));

/** Says what the file system refuses, which file it is, and what to do. */
const written = async <Result>(file: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const message = `${file}: cannot be written (${code}); every record is in the store: mend that and run the same command again`;
    throw Object.assign(new Error(message, { cause: error }), { code: 'output-unwritable', disposition: 'stop' });
  }
};

interface Position {
  /** Of the file that it is a position in: another of the same name begins anew. */
  readonly inode: number;
  readonly run: string;
  readonly length: number;
  readonly offsets: readonly number[];
}

const BETWEEN_MILLISECONDS = 250;

const followFile = async <T>(
  transport: Transport,
  { file, topic, lines: linesOf }: Product<T>,
  run: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> => {
  const path = join(folder, file);
  const notes = positionOf(path);
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW);
  const inode = fstatSync(descriptor).ino;
  const isReplaced = () => statSync(path, { throwIfNoEntry: false })?.ino !== inode;
  const ends = await transport.ends(topic.name);
  const partitions = ends.length;
  let { length, offsets } = readPosition(notes, descriptor, run, ends);
  ftruncateSync(descriptor, length);
  try {
    while (!signal.aborted && !isReplaced()) {
      let lines = '';
      const next = [...offsets];
      for (let partition = 0; partition < partitions; partition++) {
        const page = await transport.read(topic.name, partition, next[partition] ?? 0, 200);
        for (const stored of page) {
          const record = readable(topic, stored);
          if (record !== undefined) lines += textOf(linesOf(record, run));
          next[partition] = stored.offset + 1;
        }
      }
      if (lines === '') {
        offsets = next;
        await transport.grown([topic.name], 5000, signal);
        continue;
      }
      length += append(descriptor, lines, length);
      offsets = next;
      if (!isReplaced())
        await replaced(notes, (put) => put(JSON.stringify({ inode, run, length, offsets } satisfies Position)));
      // Each writing is synced twice: what comes meanwhile shares the next.
      await pause(BETWEEN_MILLISECONDS, signal);
    }
  } finally {
    closeSync(descriptor);
  }
};

/** Writes whole lines durably, or none: what a full disk took of them is taken back. Gives their length in bytes. */
const append = (descriptor: number, lines: string, length: number): number => {
  const bytes = Buffer.from(lines);
  try {
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
  } catch (error) {
    ftruncateSync(descriptor, length);
    throw error;
  }
  return bytes.length;
};

const textOf = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** A file that is shorter than its position, has none of its own, or is of another run or store, is begun anew. */
const readPosition = (notes: string, descriptor: number, run: string, ends: readonly number[]): Position => {
  const { ino: inode, size } = fstatSync(descriptor);
  const nothing = { inode, run, length: 0, offsets: ends.map(() => 0) };
  try {
    const position = JSON.parse(readFileSync(notes, 'utf8')) as Position;
    const isThere = position.inode === inode && position.length <= size && position.offsets.length === ends.length;
    const isOurs =
      position.run === run && position.offsets.every((offset, partition) => offset <= (ends[partition] ?? 0));
    return isThere && isOurs ? position : nothing;
  } catch {
    return nothing;
  }
};

const positionOf = (file: string): string => join(dirname(file), `.${basename(file)}.position`);

const writeCanonical = async <T>(
  transport: Transport,
  { file, topic, lines: linesOf }: Product<T>,
  run: string,
  folder: string,
): Promise<StoredRecord[]> => {
  const strangers: StoredRecord[] = [];
  const passOver = ({ value: _, ...place }: StoredRecord) => void strangers.push({ ...place, value: new Uint8Array() });
  const path = join(folder, file);
  const offsets = (await transport.ends(topic.name)).map(() => 0);
  let length = 0;
  await replaceFile(path, async (put, inode) => {
    for await (const { stored, record } of scan(transport, topic, passOver)) {
      const text = textOf(linesOf(record, run));
      put(text);
      length += Buffer.byteLength(text);
      offsets[stored.partition] = stored.offset + 1;
    }
    // Before the file has its name: whoever follows it finds either both or none.
    await replaced(positionOf(path), (put) => put(JSON.stringify({ inode, run, length, offsets } satisfies Position)));
  });
  return strangers;
};

const replaced = async (
  file: string,
  write: (put: (text: string) => void, inode: number) => void | Promise<void>,
): Promise<void> => {
  const temporary = join(dirname(file), `.${process.pid}.${file.slice(dirname(file).length + 1)}.part`);
  rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx');
  try {
    await write((text) => writeFileSync(descriptor, text), fstatSync(descriptor).ino);
    fsyncSync(descriptor);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
};
