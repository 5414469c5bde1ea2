import type { Read } from '../../datasets/in/read-problems.ts';
import { type BadRow, badRow } from '../../datasets/in/row/bad-row.ts';
import { partitionOf, placeIn } from '../../runtime/records/partition.ts';
import type { NewRecord, Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { DeadLetter, Problem } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import type { FindContamination } from './contamination.ts';
import { CHOSEN_BY } from './data-sets.ts';

export interface AppendSettings {
  readonly transport: Transport;
  /** `problems`, or the evaluation set's own topic. */
  readonly topic: string;
  readonly run: string;
  /** All rows of a file, whatever part of it the run takes. */
  readonly whole?: boolean;
  readonly signal: AbortSignal;
  /** How many rows became problems, and how many are bad, since it was called last. */
  readonly progress: (added: Pick<FileNote, 'problems' | 'bad'>) => void;
  /** Marks what gives an evaluation away. */
  readonly findContamination?: FindContamination | null;
}

/** What came of a file. */
export interface FileNote {
  readonly dataset: string;
  readonly domains: readonly string[];
  readonly problems: number;
  readonly bad: number;
}

const BATCH = 500;
const BATCH_BYTES = 4 * 2 ** 20;

/** Puts rows onto the topic in batches, those that are no problem as dead letters, until they end or the signal comes. */
export const appendRows = async (rows: AsyncIterable<Read>, settings: AppendSettings): Promise<FileNote> => {
  const { transport, signal } = settings;
  const domains = new Set<string>();
  let dataset = '';
  const all = { problems: 0, bad: 0 };
  let told = { ...all };
  let batch: NewRecord[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length > 0) await transport.append(batch);
    batch = [];
    bytes = 0;
    settings.progress({ problems: all.problems - told.problems, bad: all.bad - told.bad });
    told = { ...all };
  };
  for await (const row of rows) {
    if (signal.aborted) break;
    const fitting = 'problem' in row ? problemRecord(row.problem, settings) : null;
    const record = fitting ?? badRecord('bad' in row ? row.bad : tooLarge(row.problem, settings), settings);
    if ('problem' in row && fitting) {
      all.problems++;
      domains.add(row.problem.domain);
      dataset = row.problem.source.dataset;
    } else all.bad++;
    batch.push(record);
    bytes += record.value.length;
    if (batch.length >= BATCH || bytes >= BATCH_BYTES) await flush();
  }
  await flush();
  return { dataset, domains: [...domains], ...all };
};

/** Null where no topic takes it. */
const problemRecord = (read: Problem, settings: AppendSettings): NewRecord | null => {
  const { transport, topic, run, whole, findContamination } = settings;
  const problem = findContamination ? { ...read, contamination: findContamination(read) } : read;
  const value = codecs.problem.encode(problem);
  if (value.length > largestOf(transport)) return null;
  return {
    topic,
    // The evaluation set is small: it has one partition.
    partition: placeIn({ single: topic !== 'problems' }, problem.id, transport.partitions),
    key: problem.id,
    value,
    headers: { run, ...(!whole && { [CHOSEN_BY]: run }) },
  };
};

const largestOf = ({ largestOutput }: Transport): number =>
  Math.min(topics.problems.maxRecordBytes, largestOutput.bytes);

const tooLarge = (problem: Problem, { transport }: AppendSettings): BadRow => {
  const { file, row } = problem.source;
  const value = codecs.problem.encode(problem);
  const limit = largestOf(transport);
  const advice = limit < topics.problems.maxRecordBytes ? transport.largestOutput.advice : '; shorten it';
  const message = `row ${row} makes a problem of ${value.length} bytes, and ${limit} are taken${advice}`;
  return badRow({ file, line: row + 1, row }, { code: 'too-long', message }, value);
};

const badRecord = (bad: BadRow, { transport, run }: AppendSettings): NewRecord => {
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
