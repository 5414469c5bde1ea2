import { type ProblemSource, readFile } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import type { Problem } from '../../schemas/types.ts';
import { SettingsError } from '../settings/settings.ts';
import { type Choice, sampleOrder } from './choice.ts';
import { dataSetName, type SourceFile, sourceFiles } from './source-files.ts';

/** A data set of the configuration with how much of it is wanted. */
export interface Wanted {
  readonly source: ProblemSource;
  /** Its first problems. */
  readonly limit?: number | undefined;
  /** So many of them, in the order that the seed decides. */
  readonly sample?: { readonly count: number; readonly seed: number } | undefined;
}

export interface ChoosingSettings {
  readonly wanted: readonly Wanted[];
  /** Of all data sets together, in turns; null: as many as there are. */
  readonly total: number | null;
  /** Whether the run would take the problem at all. */
  readonly accepts: (problem: Problem) => boolean;
}

/**
 * Reads what is needed of the data sets and says which rows of each file are taken; a file of which all are is not
 * among them. A problem counts once in its data set, however often it stands there. Throws a SettingsError where two
 * files cannot be told apart, and a DataError for a fault of a file.
 */
export const chooseRows = async ({ wanted, total, accepts }: ChoosingSettings): Promise<Map<string, Choice>> => {
  const chosen = new Map<string, Choice>();
  const lists: Candidate[][] = [];
  const sources = await Promise.all(wanted.map(async (one) => ({ one, files: await sourceFiles([one.source]) })));
  const all = sources.flatMap(({ files }) => files.map(dataSetName));
  for (const { one, files } of sources) {
    const most = Math.min(one.limit ?? Infinity, one.sample?.count ?? Infinity, total ?? Infinity);
    if (most === Infinity) continue;
    const names = files.map(dataSetName);
    const repeated = names.find((name) => all.indexOf(name) !== all.lastIndexOf(name));
    if (repeated !== undefined) {
      throw new SettingsError(
        `problems: ${repeated} is there twice, so that the rows of a limit or a sample cannot be told apart: give one of them another \`dataset\``,
      );
    }
    for (const name of names) chosen.set(name, nothing(one));
    lists.push(await (one.sample ? sampled(files, one.sample.seed, most, accepts) : firstOf(files, most, accepts)));
  }
  const bySource = total === null ? lists : inTurns(lists, total);
  for (const candidate of bySource.flat()) include(chosen, candidate);
  return chosen;
};

/** A problem that may be taken; those of a list are in the order in which they would be. */
interface Candidate {
  readonly id: string;
  readonly names: readonly string[];
  readonly choice: Choice;
}

const nothing = ({ sample }: Wanted): Choice =>
  sample ? { by: 'hash', seed: sample.seed, upTo: null } : { by: 'row', before: 0 };

const include = (chosen: Map<string, Choice>, { names, choice }: Candidate): void => {
  for (const name of names) {
    const before = chosen.get(name);
    const isLarger =
      before?.by === 'row' && choice.by === 'row'
        ? choice.before > before.before
        : before?.by === 'hash' && choice.by === 'hash' && (choice.upTo ?? '') > (before.upTo ?? '');
    if (isLarger) chosen.set(name, choice);
  }
};

const firstOf = async (
  files: readonly SourceFile[],
  most: number,
  accepts: ChoosingSettings['accepts'],
): Promise<Candidate[]> => {
  const found = new Map<string, Candidate>();
  for (const one of files) {
    if (found.size >= most) break;
    for await (const { id, source } of problemsOf(one, accepts)) {
      if (!found.has(id))
        found.set(id, { id, names: [dataSetName(one)], choice: { by: 'row', before: source.row + 1 } });
      if (found.size >= most) break;
    }
  }
  return [...found.values()];
};

/** The files of a sample share one bound: it is a sample of all of them. */
const sampled = async (
  files: readonly SourceFile[],
  seed: number,
  most: number,
  accepts: ChoosingSettings['accepts'],
): Promise<Candidate[]> => {
  const names = files.map(dataSetName);
  let found = new Map<string, string>();
  const lowest = () => new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most));
  for (const one of files) {
    for await (const { id } of problemsOf(one, accepts)) {
      found.set(sampleOrder(seed, id), id);
      if (found.size >= 2 * most + 1000) found = lowest();
    }
  }
  return [...lowest()].map(([order, id]) => ({ id, names, choice: { by: 'hash', seed, upTo: order } }));
};

async function* problemsOf(
  { file, source }: SourceFile,
  accepts: ChoosingSettings['accepts'],
): AsyncGenerator<Problem> {
  for await (const row of readFile(file, source, presetOf(source.preset ?? 'generic', source.presets))) {
    if ('problem' in row && accepts(row.problem)) yield row.problem;
  }
}

/** One of each list after the other, until there are so many different ones. */
const inTurns = (lists: readonly Candidate[][], total: number): Candidate[][] => {
  const taken = new Set<string>();
  const given = lists.map(() => [] as Candidate[]);
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let turn = 0; turn < longest; turn++) {
    for (const [index, list] of lists.entries()) {
      const next = list[turn];
      if (next === undefined || taken.has(next.id)) continue;
      if (taken.size >= total) return given;
      taken.add(next.id);
      given[index]?.push(next);
    }
  }
  return given;
};
