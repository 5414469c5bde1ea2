import type { Transport } from '../../runtime/transport.ts';
import type { Cot, Graded, Levelled, Problem, Rejected } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { scan } from '../store/scan.ts';

/** What became of one problem, with the texts of both models; null where it has not come so far. */
export interface Way {
  readonly problem: Problem;
  readonly graded: Graded;
  readonly levelled: Levelled | null;
  readonly taught: Cot | Rejected | null;
}

/** Of every problem that the student was asked about, in the order of data sets and rows: for small runs, all are held. */
export const waysOf = async (transport: Transport): Promise<Way[]> => {
  const found = new Map<string, Way>();
  for (const topic of [topics.graded, topics.unverifiable]) {
    for await (const { record } of scan(transport, topic)) {
      found.set(record.problem.id, { problem: record.problem, graded: record, levelled: null, taught: null });
    }
  }
  const add = (id: string, more: Partial<Way>): void => {
    const before = found.get(id);
    if (before) found.set(id, { ...before, ...more });
  };
  for await (const { record } of scan(transport, topics.levelled)) add(record.problem.id, { levelled: record });
  for await (const { record } of scan(transport, topics.rejected)) add(record.problem.id, { taught: record });
  for await (const { record } of scan(transport, topics.cot)) add(record.problem.id, { taught: record });
  return [...found.values()].sort((a, b) => byPlace(a.problem.source, b.problem.source));
};

const byPlace = (a: Problem['source'], b: Problem['source']): number =>
  a.dataset.localeCompare(b.dataset, 'en') || a.file.localeCompare(b.file, 'en', { numeric: true }) || a.row - b.row;
