import { resolve } from 'node:path';
import type { BadRow } from '../../datasets/in/bad-row.ts';
import { contentHash } from '../../datasets/in/content-hash.ts';
import { locateFiles } from '../../datasets/in/locate-files.ts';
import { type ProblemSource, readFile } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import { OPEN_END, SOURCE_EPOCH } from '../../runtime/control.ts';
import { partitionOf } from '../../runtime/partition.ts';
import type { NewRecord, Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { DeadLetter, Problem } from '../../schemas/types.ts';
import { controlRecord } from '../../topologies/control-words.ts';

export interface Ingested {
  /** Rows that became problems, repeats counted. */
  readonly problems: number;
  readonly bad: number;
  /** Files whose content had been read before. */
  readonly known: number;
  readonly datasets: readonly string[];
  readonly domains: readonly string[];
}

export interface IngestSettings {
  readonly transport: Transport;
  /** `problems`, or the evaluation set's own topic. */
  readonly topic: string;
  readonly run: string;
  readonly sources: readonly ProblemSource[];
  readonly signal: AbortSignal;
  readonly progress: (problems: number) => void;
  /** Marks what gives an evaluation problem away. */
  readonly mark?: (problem: Problem) => Problem;
}

const BATCH = 500;
const BATCH_BYTES = 4 * 2 ** 20;

interface FileNote {
  readonly dataset: string;
  readonly domains: readonly string[];
  readonly problems: number;
  readonly bad: number;
}

/**
 * Puts every problem of the sources onto the topic. A file whose content was read to its end before is passed over;
 * one that was cut off is read again, and its repeats are dropped downstream. A bad row is a dead letter with file and
 * line and stops nothing. Throws a DataError for a fault of a whole file.
 */
export const ingest = async (settings: IngestSettings): Promise<Ingested> => {
  const files = settings.transport.table('files');
  const notes: FileNote[] = [];
  let known = 0;
  for (const source of settings.sources) {
    for (const file of await locateFiles(source.path, source.from)) {
      const shape = JSON.stringify([source.preset ?? 'generic', source.fields ?? null, source.dataset ?? null]);
      const key = `${settings.topic}/${settings.topic === 'problems' ? '' : settings.run}/${shape}/${await contentHash(file.path)}`;
      const before = await files.get(key, key);
      if (before) {
        known++;
        notes.push({ ...(JSON.parse(Buffer.from(before).toString()) as FileNote), problems: 0, bad: 0 });
        continue;
      }
      const note = await ingestFile(readFile(file, source, presetOf(source.preset ?? 'generic')), settings);
      if (settings.signal.aborted) break;
      await files.put(key, key, Buffer.from(JSON.stringify(note)));
      notes.push(note);
    }
  }
  return {
    problems: sum(notes.map((note) => note.problems)),
    bad: sum(notes.map((note) => note.bad)),
    known,
    datasets: [...new Set(notes.map((note) => note.dataset))],
    domains: [...new Set(notes.flatMap((note) => note.domains))],
  };
};

const ingestFile = async (rows: ReturnType<typeof readFile>, settings: IngestSettings): Promise<FileNote> => {
  const { transport, signal } = settings;
  const domains = new Set<string>();
  let dataset = '';
  let problems = 0;
  let bad = 0;
  let batch: NewRecord[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length > 0) await transport.append(batch);
    batch = [];
    bytes = 0;
    settings.progress(problems);
  };
  for await (const row of rows) {
    if (signal.aborted) break;
    const record = 'problem' in row ? problemRecord(row.problem, settings) : badRecord(row.bad, settings);
    if ('problem' in row) {
      problems++;
      domains.add(row.problem.domain);
      dataset = row.problem.source.dataset;
    } else bad++;
    batch.push(record);
    bytes += record.value.length;
    if (batch.length >= BATCH || bytes >= BATCH_BYTES) await flush();
  }
  await flush();
  return { dataset, domains: [...domains], problems, bad };
};

const problemRecord = (read: Problem, { transport, topic, mark }: IngestSettings): NewRecord => {
  const problem = mark ? mark(read) : read;
  return {
    topic,
    partition: partitionOf(problem.id, transport.partitions),
    key: problem.id,
    value: codecs.problem.encode(problem),
    headers: {},
  };
};

const badRecord = (bad: BadRow, { transport, run }: IngestSettings): NewRecord => {
  const key = `${bad.file}:${bad.line}`;
  const letter: DeadLetter = {
    run,
    stage: 'ingest',
    code: bad.code,
    message: bad.message,
    attempt: 1,
    topic: null,
    partition: null,
    offset: null,
    origin: key,
    length: bad.length,
    sha256: bad.sha256,
    value: bad.bytes,
  };
  return {
    topic: 'dead-letter',
    partition: partitionOf(key, transport.partitions),
    key,
    value: codecs.deadLetter.encode(letter),
    headers: { stage: 'ingest' },
  };
};

/**
 * Says that the topic has all it will have: what the run is about, its data version. `open` takes an earlier seal back:
 * more is coming.
 */
export const sealSource = async (
  transport: Transport,
  topic: string,
  control: string,
  state: 'sealed' | 'open' = 'sealed',
): Promise<void> => {
  const found = await transport.ends(topic);
  const ends = state === 'open' ? found.map(() => OPEN_END) : found;
  await transport.append(
    ends.map((end, partition) => {
      const word = controlRecord({ kind: 'sealed', sealed: { topic, partition, end, epoch: SOURCE_EPOCH } });
      return { topic: control, partition: 0, key: word.kind, value: codecs.control.encode(word), headers: {} };
    }),
  );
};

/** The configuration's problems as sources, relative to its folder. */
export const sourcesOf = (
  problems: readonly { path: string; preset: string; fields?: unknown; dataset?: string | undefined }[],
  folder: string,
): ProblemSource[] =>
  problems.map(({ path, preset, fields, dataset }) => ({
    path,
    preset,
    ...(fields !== undefined && { fields: fields as NonNullable<ProblemSource['fields']> }),
    ...(dataset !== undefined && { dataset }),
    from: resolve(folder),
  }));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
