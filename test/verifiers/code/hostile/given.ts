import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA } from '../support.ts';
import type { HostileRow } from './kinds.ts';

/** Inputs of an attempt from outside, beside the public data. */
const FOLDER = join(DATA, '../cases/security');
export const haveGiven = existsSync(FOLDER);

/** The files of the folder that hold lines for `sluice verify`. */
export const givenFiles = haveGiven ? readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl')) : [];

type Wanted = HostileRow['wanted'];

/** What is to become of each line, by the file's number and, where a file holds honest programs too, by the line's name. */
const WANTED: Readonly<Record<string, (id: string) => Wanted>> = {
  '01': (id) => (/right program/.test(id) ? 'right' : 'wrong'),
  '03': (id) => (/^big int (?:right|argument)$/.test(id) ? 'right' : 'wrong'),
  '06': (id) => (id.startsWith('prompt') ? 'wrong' : 'unverifiable'),
  11: (id) => (id === 's0' ? 'right' : 'wrong'),
  20: () => 'refused',
  21: () => 'unverifiable',
  22: (id) => (id.startsWith('import unittest') ? 'wrong' : 'unverifiable'),
  23: (id) => (id === 'next' ? 'right' : 'wrong'),
};

/**
 * The lines of a file; what takes seconds in them takes a fraction of these, so that what has no end ends soon.
 * `limitSeconds` is what one call may take once the runner has multiplied it: a sleep stays as far below it as it was.
 */
export function givenRows(file: string, limitSeconds: number): HostileRow[] {
  const wanted = WANTED[file.slice(0, 2)] ?? (() => 'wrong');
  return readFileSync(join(FOLDER, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { id } = JSON.parse(line) as { id: string };
      return {
        id,
        line: line
          .replace(/"timeLimitSeconds": [28]\b/, '"timeLimitSeconds": 0.5')
          .replace('sleep(6)', `sleep(${0.75 * limitSeconds})`),
        wanted: wanted(id),
      };
    });
}
