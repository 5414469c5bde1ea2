import { hash } from 'node:crypto';
import type { Read } from '../../datasets/in/read-problems.ts';
import { contentOf } from '../../datasets/problem-id.ts';
import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { scan } from '../store/scan.ts';
import { CORRECTS, type Correction, keptCorrections, putCorrections } from './kept-corrections.ts';

/** A data file, by the name that its rows have it by. */
export interface NamedFile {
  readonly name: string;
  /** Where it lies and how it is read: another file of the same name is not a later form of this one. */
  readonly place: string;
  /** A hash of what is in it. */
  readonly content: string;
}

/** Whether the file was read before, at the same place, and has changed since. */
export const hasChanged = async (transport: Transport, file: NamedFile): Promise<boolean> => {
  const key = keyOf(file);
  const before = await transport.table('files').get(key, key);
  return before !== undefined && Buffer.from(before).toString() !== file.content;
};

/** Remembers what was read to its end. */
export const keepVersion = async (transport: Transport, file: NamedFile): Promise<void> => {
  const key = keyOf(file);
  await transport.table('files').put(key, key, Buffer.from(file.content));
};

/**
 * Says of each problem of a file that has changed what it is from now on: it has the file's new reference, or it is
 * gone, where its row is another problem now. Gives how many. Holds a reference for each problem of the file.
 * @param whole false where only some of its rows are read: then none is gone
 */
export const supersede = async (
  transport: Transport,
  file: NamedFile,
  rows: AsyncIterable<Read>,
  whole: boolean,
): Promise<number> => {
  const before = await contentsIn(transport, file.name);
  const known = await keptCorrections(transport);
  const changes: Correction[] = [];
  const there = new Set<string>();
  for await (const row of rows) {
    if (!('problem' in row)) continue;
    const { id } = row.problem;
    const content = contentOf(row.problem);
    const old = before.get(id);
    there.add(id);
    const isBack = known.isGoneFrom(id, file.name);
    if (isBack || (old !== undefined && old !== content)) changes.push({ id, content, within: file.name });
  }
  if (whole && (await isOnlyOne(transport, file))) {
    for (const id of before.keys()) if (!there.has(id)) changes.push({ id, content: null, within: file.name });
  }
  const made = changes.filter((one) => !known.has(one));
  await putCorrections(transport, made);
  return made.length;
};

/** What the rows of the file that were read last say, by problem. */
const contentsIn = async (transport: Transport, name: string): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for await (const { stored, record } of scan(transport, topics.problems)) {
    const { dataset, file } = record.source;
    if (`${dataset}/${file}` === name && stored.headers[CORRECTS] === undefined)
      found.set(record.id, contentOf(record));
  }
  return found;
};

const PREFIX = 'version/';

const keyOf = ({ name, place }: NamedFile): string => `${PREFIX}${name}/${hash('sha256', place)}`;

const isOnlyOne = async (transport: Transport, { name }: NamedFile): Promise<boolean> => {
  let found = 0;
  for await (const _ of transport.table('files').entries(`${PREFIX}${name}/`)) found++;
  return found <= 1;
};
