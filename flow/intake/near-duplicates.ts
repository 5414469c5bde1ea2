import { nearDuplicates } from '../../datasets/decontamination/near-duplicates.ts';
import { readProblems } from '../../datasets/in/read-problems.ts';
import type { Transport } from '../../runtime/transport.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { sourcesOf } from './source-files.ts';

interface Around {
  readonly follow: boolean;
  /** Whether this process has the data files. */
  readonly reads: boolean;
  readonly hasBegun: boolean;
}

/**
 * Keeps with a run, before it begins, which of its problems repeat an earlier one in other words, in the order of files
 * and rows. It stays so: what is added to the files later is compared with nothing.
 */
export const keepNearDuplicates = async (
  settings: Settings,
  transport: Transport,
  { follow, reads, hasBegun }: Around,
): Promise<void> => {
  if (settings.config.dedupe !== 'near') return;
  if (follow)
    throw new SettingsError(
      `${settings.place(['dedupe'])}: near compares all problems before any is taken, which --follow never has`,
    );
  const table = transport.table('settings');
  if (!reads || hasBegun || (await table.get(COUNT, COUNT)) !== undefined) return;
  const ids: string[] = [];
  const statements: string[] = [];
  for (const source of sourcesOf(settings.config.problems, settings, 'train')) {
    for await (const row of readProblems(source)) {
      if (!('problem' in row)) continue;
      ids.push(row.problem.id);
      statements.push(row.problem.statement.slice(0, MOST_LETTERS));
    }
  }
  const first = nearDuplicates(statements);
  // The same problem read twice is one problem, and stays.
  const taken = new Set(ids.filter((_, place) => first[place] === -1));
  const left = [...new Set(ids.filter((_, place) => first[place] !== -1))].filter((id) => !taken.has(id));
  for (let from = 0; from < left.length; from += PART) {
    const key = `${PREFIX}${from / PART}`;
    await table.put(key, key, Buffer.from(JSON.stringify(left.slice(from, from + PART))));
  }
  await table.put(COUNT, COUNT, Buffer.from(String(left.length)));
};

/** Ids of the problems that a run leaves out for that. */
export const keptNearDuplicates = async (transport: Transport): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for await (const [, value] of transport.table('settings').entries(PREFIX))
    for (const id of JSON.parse(Buffer.from(value).toString()) as string[]) found.add(id);
  return found;
};

const COUNT = 'near-duplicates';
const PREFIX = 'near-duplicates/';
const PART = 5_000;
const MOST_LETTERS = 50_000;
