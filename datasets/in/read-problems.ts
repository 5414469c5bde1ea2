import { basename } from 'node:path';
import type { Domains } from '../../domains/port.ts';
import { ownDomains } from '../../domains/registry.ts';
import { RowFault } from '../../domains/row/row-fault.ts';
import type { Problem } from '../../schemas/types.ts';
import { generic } from '../presets/generic.ts';
import type { Fields, Preset } from '../presets/preset.ts';
import { presetOf } from '../presets/table.ts';
import { columnsOf } from './draft.ts';
import { hiveColumns } from './files/hive-columns.ts';
import { type DataFile, locateFiles, type Place } from './files/locate-files.ts';
import { readRows } from './read-rows.ts';
import { type BadRow, badRow } from './row/bad-row.ts';
import { badRowCeiling } from './row/bad-row-ceiling.ts';
import type { Row } from './row/row.ts';
import { type Origin, toProblem } from './to-problem.ts';

/** Where problems come from, as the configuration names it. */
export interface ProblemSource extends Place {
  /** Default: generic. */
  readonly preset?: string;
  /** Those that may be named beside those that come with Sluice. */
  readonly presets?: readonly Preset[];
  /** Where values stand in a row; overrides the preset's own, field by field. */
  readonly fields?: Fields;
  /** Default: the preset's name; for generic, the folder's, or the file's without its endings. */
  readonly dataset?: string;
  /** What all of its problems are of; default: the preset's, else what each row says or shows. */
  readonly domain?: string;
  /** Those that problems may be of; default: those that come with Sluice. */
  readonly domains?: Domains;
  /** Whether rows without a reference are problems too, where one can be found by vote. */
  readonly unanswered?: boolean;
}

/** A problem, or a row that none can be made of. */
export type Read = { readonly problem: Problem } | { readonly bad: BadRow };

/**
 * Reads problems in the order of files and rows, as fast as they are taken, holding one chunk or row group at a time.
 * A bad row is a value of its own and stops nothing. Throws a DataError for a fault of a whole file: missing, empty,
 * damaged, of no known format, of hardly anything but bad rows. Ends soon after `signal` aborts.
 */
export async function* readProblems(source: ProblemSource, signal?: AbortSignal): AsyncGenerator<Read> {
  const preset = presetOf(source.preset ?? generic.name, source.presets);
  for (const file of await locateFiles(source)) yield* readFile(file, source, preset, signal);
}

/** The problems of one file of a source; see `readProblems`. */
export async function* readFile(
  file: DataFile,
  source: ProblemSource,
  preset: Preset,
  signal?: AbortSignal,
): AsyncGenerator<Read> {
  const origin = originOf(file, source, preset);
  const seen = preset.repeats === 'read-once' ? new Set<string>() : null;
  const hive = hiveColumns(file.within);
  const count = badRowCeiling(file.path);
  for await (const batch of readRows(file, { omit: omitted(preset, source), lists: preset.rows === 'lists', signal })) {
    if (signal?.aborted) return;
    for (const row of batch) {
      const read = 'bad' in row ? row : readRow(hive ? withColumnsOf(row, hive) : row, origin, file.name);
      if (!seen || !isRepeated(read, seen)) yield read;
      count(read);
    }
  }
}

/** A column that the configuration asks for is read, whatever the preset leaves out. */
const omitted = ({ omit = [] }: Preset, { fields = {} }: ProblemSource): readonly string[] => {
  const asked = Object.values(fields)
    .flat()
    .flatMap((where) => [where, where?.split('.')[0]]);
  return omit.filter((column) => !asked.includes(column));
};

/** A column of the same name counts more. */
export const withColumnsOf = (row: Row, hive: Readonly<Record<string, string>>): Row => ({
  ...row,
  value: { ...hive, ...row.value },
});

/** The name of the data set on the records of a file. */
export const datasetOf = (file: DataFile, source: ProblemSource, preset: Preset): string =>
  source.dataset ?? (preset.name === generic.name ? (file.folder ?? stem(file.path)) : preset.name);

export const originOf = (file: DataFile, source: ProblemSource, preset: Preset): Origin => ({
  preset,
  domains: source.domains ?? ownDomains,
  domain: source.domain ?? null,
  columns: columnsOf({ ...preset.fields, ...source.fields }, preset.omit ?? []),
  dataset: datasetOf(file, source, preset),
  file: file.name,
  licence: file.licence,
  unanswered: source.unanswered ?? false,
});

const stem = (path: string): string => basename(path).replace(/(\.\w+){1,2}$/, '');

const readRow = (row: Row, origin: Origin, file: string): Read => {
  try {
    return { problem: toProblem(row, origin) };
  } catch (error) {
    const fault = error instanceof RowFault ? withColumns(error, row) : new RowFault('broken-row', whyBroken(error));
    return { bad: badRow({ file, line: row.line, row: row.row }, fault, row.original ?? asJson(row)) };
  }
};

/** Whoever is told that a column is missing wants to know which are there. */
const withColumns = (fault: RowFault, { value }: Row): RowFault => {
  if (fault.code !== 'missing-field') return fault;
  const names = Object.keys(value).join(', ');
  const wrapped = Object.entries(value).find(([, one]) => Array.isArray(one) && typeof one[0] === 'object');
  return new RowFault(
    'missing-field',
    `${fault.message} The row has ${names.length > 200 ? `${names.slice(0, 200)}…` : names || 'nothing'}.${wrapped ? ` If the rows stand in "${wrapped[0]}", take them out (jq -c '.${wrapped[0]}[]').` : ''}`,
  );
};

/** Values that are nested without end overflow the stack. */
const whyBroken = (error: unknown): string =>
  error instanceof RangeError ? 'is nested too deeply; leave such columns out.' : `cannot be read: ${error}.`;

const asJson = ({ value }: Row): Uint8Array =>
  Buffer.from(JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? one.toString() : one)));

/** Beyond a million problems repeats are let through: what reads them drops them by id anyway. */
const maxSeen = 1_000_000;

const isRepeated = (read: Read, seen: Set<string>): boolean => {
  if ('bad' in read) return false;
  if (seen.has(read.problem.id)) return true;
  if (seen.size < maxSeen) seen.add(read.problem.id);
  return false;
};
