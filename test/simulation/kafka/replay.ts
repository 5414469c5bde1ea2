import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Names } from '../../../runtime/transports/kafka/names.ts';
import type { Batch } from './log.ts';

/** What was written together. */
export type Written = Pick<Batch, 'fate' | 'records'>;

/** Every local copy holds what a replay of its topic gives, up to the offset that it says it has. */
export const copyFaults = async (
  folder: string,
  names: Names,
  history: (topic: string, partition: number) => Promise<readonly Written[]>,
): Promise<{ copies: number; faults: string[] }> => {
  const faults: string[] = [];
  const files = globSync(join(folder, '**/{task,look,table}-*.sqlite'));
  for (const file of files) {
    const [, short = '', partition = '0'] = /^(?:task|look|table)-(.+)-(\d+)\.sqlite$/.exec(basename(file)) ?? [];
    const topic = short.endsWith('-store') ? names.changelog(short.slice(0, -'-store'.length)) : names.topic(short);
    const fault = compare(file, await history(topic, Number(partition)));
    if (fault !== null) faults.push(`${file.slice(folder.length + 1)}: ${fault}`);
  }
  return { copies: files.length, faults };
};

const compare = (file: string, batches: readonly Written[]): string | null => {
  const database = new DatabaseSync(file);
  try {
    const state = database.prepare('SELECT offset FROM state').get() as { offset: number } | undefined;
    const rows = database.prepare('SELECT key, value FROM entries').all() as { key: Uint8Array; value: Uint8Array }[];
    const found = new Map(rows.map(({ key, value }) => [Buffer.from(key).toString(), Buffer.from(value)]));
    return difference(found, state?.offset ?? 0, batches);
  } finally {
    database.close();
  }
};

const difference = (found: ReadonlyMap<string, Buffer>, offset: number, batches: readonly Written[]): string | null => {
  const expected = new Map<string, Buffer>();
  const later = new Set<string>();
  for (const { fate, records } of batches) {
    if (fate !== 'committed') continue;
    for (const { key, value, offset: at } of records) {
      if (at >= offset) later.add(key ?? '');
      else if (value === null) expected.delete(key ?? '');
      else expected.set(key ?? '', Buffer.from(value));
    }
  }
  for (const [key, value] of expected) {
    const held = found.get(key);
    // What a later value replaces may have been compacted away before it was read.
    if (held === undefined && later.has(key)) continue;
    if (!held?.equals(value))
      return `${JSON.stringify(key)} is ${held ? 'another value' : 'not there'} up to ${offset}`;
  }
  const stray = [...found.keys()].find((key) => !expected.has(key) && !later.has(key));
  return stray === undefined ? null : `${JSON.stringify(stray)} is there, and not in the topic up to ${offset}`;
};
