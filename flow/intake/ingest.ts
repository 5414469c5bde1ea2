import { basename } from 'node:path';
import { contentHash } from '../../datasets/in/bytes/content-hash.ts';
import { type Read, readFile } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import type { Transport } from '../../runtime/transport.ts';
import { hasChanged, keepVersion, type NamedFile, supersede } from '../corrections/changed-file.ts';
import { type AppendSettings, appendRows, type FileNote } from './append-rows.ts';
import { type Choice, isChosen } from './choice.ts';
import type { DataSets } from './data-sets.ts';
import { dataSetName, type SourceFile } from './source-files.ts';

export interface Ingested {
  /** Rows that became problems, repeats counted. */
  readonly problems: number;
  readonly bad: number;
  /** Files whose content had been read before. */
  readonly known: number;
  /** Problems of files that were read before and have changed since: as they are now, or gone. */
  readonly corrected: number;
  /** Names of the files that were read to their end now. */
  readonly read: readonly string[];
  readonly datasets: readonly string[];
  readonly domains: readonly string[];
}

export interface IngestSettings extends AppendSettings {
  readonly files: readonly SourceFile[];
  /** The run's; the evaluation set has none. */
  readonly dataSets?: DataSets;
}

/**
 * Puts every problem of the files onto the topic. A file whose content was read to its end before, by whichever run, is
 * passed over, unless this run may have read past it; one that was cut off is read again, and its repeats are dropped
 * downstream. A bad row is a dead letter with file and line and stops nothing. Throws a DataError for a fault of a
 * whole file.
 */
export const ingest = async (settings: IngestSettings): Promise<Ingested> => {
  const { dataSets, signal } = settings;
  const files = settings.transport.table('files');
  const notes: FileNote[] = [];
  const whole: string[] = [];
  let known = 0;
  let corrected = 0;
  const take = async (one: SourceFile): Promise<void> => {
    const name = dataSetName(one);
    await dataSets?.add([name]);
    const choice = settings.whole ? undefined : dataSets?.choiceOf(name);
    const key = await keyOf(one, settings);
    const ownKey = choice ? `${key}/${JSON.stringify(choice)}` : key;
    const before = (await files.get(key, key)) ?? (choice && (await files.get(ownKey, ownKey)));
    if (before && !dataSets?.isLate(name)) {
      known++;
      notes.push({ ...(JSON.parse(Buffer.from(before).toString()) as FileNote), problems: 0, bad: 0 });
      return;
    }
    const { file } = one;
    const { transport, topic } = settings;
    const version = versionOf(one, key);
    if (topic === 'problems')
      corrected += await supersedeIfChanged(
        transport,
        version,
        () => allOf(rowsOf(one, choice, signal), signal),
        !choice,
      );
    const note = await appendRows(rowsOf(one, choice, signal), settings);
    if (signal.aborted) return;
    if (topic === 'problems') await keepVersion(transport, version);
    await files.put(ownKey, ownKey, Buffer.from(JSON.stringify(note)));
    await dataSets?.arrived(name);
    whole.push(file.name);
    notes.push(note);
  };
  for (const one of settings.files) {
    if (signal.aborted) break;
    // What an abort ends in the middle is read again the next time.
    await take(one).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  return {
    problems: sum(notes.map((note) => note.problems)),
    bad: sum(notes.map((note) => note.bad)),
    known,
    corrected,
    read: whole,
    datasets: [...new Set(notes.map((note) => note.dataset))],
    domains: [...new Set(notes.flatMap((note) => note.domains))],
  };
};

/**
 * Says what the problems of files that were read before, and have changed, are from now on, before they are read
 * again: for a run that begins with them. Gives how many.
 */
export const supersedeChanged = async (
  transport: Transport,
  files: readonly SourceFile[],
  run: string,
): Promise<number> => {
  let corrected = 0;
  for (const one of files) {
    const key = await keyOf(one, { topic: 'problems', run });
    corrected += await supersedeIfChanged(transport, versionOf(one, key), () => rowsOf(one, undefined), true);
  }
  return corrected;
};

const supersedeIfChanged = async (
  transport: Transport,
  version: NamedFile,
  rows: () => AsyncIterable<Read>,
  whole: boolean,
): Promise<number> => ((await hasChanged(transport, version)) ? supersede(transport, version, rows(), whole) : 0);

const versionOf = (one: SourceFile, key: string): NamedFile => ({
  name: dataSetName(one),
  place: `${one.file.path} ${shapeOf(one)}`,
  content: key,
});

const rowsOf = (
  { file, source }: SourceFile,
  choice: Choice | undefined,
  signal?: AbortSignal,
): AsyncIterable<Read> => {
  const rows = readFile(file, source, presetOf(source.preset ?? 'generic', source.presets), signal);
  return choice ? chosenOf(rows, choice) : rows;
};

/** Every row or none: what an abort has cut off is not taken for the whole. */
async function* allOf(rows: AsyncIterable<Read>, signal: AbortSignal): AsyncGenerator<Read> {
  yield* rows;
  signal.throwIfAborted();
}

/** The same content in another shape is another file. */
const keyOf = async (
  one: SourceFile,
  { topic, run, signal }: Pick<IngestSettings, 'topic' | 'run'> & { readonly signal?: AbortSignal },
): Promise<string> =>
  `${topic}/${topic === 'problems' ? '' : run}/${shapeOf(one)}/${await contentHash(one.file.path, signal)}`;

const shapeOf = ({ file, source }: SourceFile): string =>
  JSON.stringify([
    source.preset ?? 'generic',
    source.fields ?? null,
    source.dataset ?? null,
    // Rows that one run passes over are problems of another.
    ...(source.unanswered ? ['unanswered'] : []),
    // So are those of another folder's file.
    ...(file.name === basename(file.path) ? [] : [file.name]),
  ]);

/** Reads no further than the last row that is taken. */
async function* chosenOf(rows: AsyncIterable<Read>, choice: Choice): AsyncGenerator<Read> {
  for await (const row of rows) {
    const at = 'problem' in row ? row.problem.source.row : row.bad.row;
    if (choice.by === 'row' && at >= choice.before) return;
    if ('bad' in row || isChosen(choice, row.problem)) yield row;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
