import type { Topic } from '../runtime/topology.ts';
import type { TopicSpec } from '../runtime/transport.ts';
import { codecs } from '../schemas/codecs.ts';
import type * as records from '../schemas/types.ts';

const MiB = 2 ** 20;

const topic = <T>(
  name: string,
  codec: Topic<T>['codec'],
  key: (record: T) => string,
  maxRecordBytes: number,
): Topic<T> => ({
  name,
  codec,
  key,
  maxRecordBytes,
});
/** One partition: it is read by one process, or by nobody in haste. */
const single = <T>(made: Topic<T>): Topic<T> => ({ ...made, single: true });

const problemId = ({ problem }: { readonly problem: records.Problem }): string => problem.id;

/** Every topic of a run, keyed by problem id, so that the order of a problem's records is kept throughout. */
export const topics = {
  problems: topic('problems', codecs.problem, (record: records.Problem) => record.id, 4 * MiB),
  graded: topic('graded', codecs.graded, problemId, 10 * MiB),
  unverifiable: single(topic('unverifiable', codecs.graded, problemId, 10 * MiB)),
  scored: topic('scored', codecs.scored, problemId, 10 * MiB),
  levelled: single(topic('levelled', codecs.levelled, problemId, 10 * MiB)),
  admitted: topic(
    'admitted',
    codecs.admitted,
    problemId,
    // What is levelled can be admitted: it grows by its number only.
    10 * MiB + 1024,
  ),
  cot: topic('cot', codecs.cot, problemId, 10 * MiB),
  rejected: single(topic('rejected', codecs.rejected, problemId, 10 * MiB)),
  outcomes: single(topic('outcomes', codecs.outcome, (record: records.Outcome) => record.id, MiB)),
  control: single(topic('control', codecs.control, (record: records.Control) => record.kind, MiB)),
  deadLetters: topic('dead-letter', codecs.deadLetter, (record: records.DeadLetter) => record.sha256, MiB),
} as const;

/** The evaluation set goes through the same processors on topics of its own: it is small, and its work goes on at once. */
export const evaluationTopics = {
  problems: single({ ...topics.problems, name: 'evaluation-problems' }),
  graded: single({ ...topics.graded, name: 'evaluation-graded' }),
  unverifiable: { ...topics.unverifiable, name: 'evaluation-unverifiable' },
  scored: single({ ...topics.scored, name: 'evaluation-scored' }),
  levelled: { ...topics.levelled, name: 'evaluation-levelled' },
  control: { ...topics.control, name: 'evaluation-control' },
} as const;

/** The table of what is spent and set aside. */
export const ledger = 'ledger';

/** Shared by all runs: what is read once and asked once serves them all. */
const shared = ['problems', 'dead-letter'];

const specsOf = (all: Readonly<Record<string, Pick<TopicSpec, 'name' | 'maxRecordBytes' | 'single'>>>): TopicSpec[] =>
  Object.values(all).map(({ name, maxRecordBytes, single: isSingle }) => ({
    name,
    maxRecordBytes,
    ...(shared.includes(name) && { shared: true }),
    ...(isSingle && { single: true }),
  }));

/** Every topic and table of a run as a transport is to make it, but for those of its evaluation. */
export const topicSpecs: readonly TopicSpec[] = [
  ...specsOf(topics),
  { name: 'journal', shared: true, compacted: true, maxRecordBytes: 10 * MiB },
  { name: 'files', shared: true, compacted: true, maxRecordBytes: MiB },
  { name: 'schemas', shared: true, compacted: true, single: true, maxRecordBytes: MiB },
  // In one order: of two processes that take the last of the money one is the first.
  { name: ledger, compacted: true, single: true, maxRecordBytes: MiB },
  { name: 'settings', compacted: true, single: true, maxRecordBytes: MiB },
];

/** What there is besides where the student is evaluated. */
export const evaluationSpecs: readonly TopicSpec[] = specsOf(evaluationTopics);
