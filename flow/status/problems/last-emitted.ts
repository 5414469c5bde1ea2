import type { Transport } from '../../../runtime/transport.ts';
import { topics } from '../../../topologies/topics.ts';
import { newestFirst } from '../../store/newest-first.ts';
import { readable } from '../../store/scan.ts';
import { type Hit, rowOf } from './search.ts';

/** Of a partition at once: a record has the texts of every sample. */
const AT_ONCE = 10;

/** The records that were emitted last, read from the end of their topic alone, however long it is. */
export const lastEmitted = async (transport: Transport, most: number): Promise<Hit[]> => {
  const found: Hit[] = [];
  for await (const stored of newestFirst(transport, topics.cot.name, AT_ONCE)) {
    const record = readable(topics.cot, stored);
    if (!record) continue;
    const { problem, level } = record;
    found.push({ id: problem.id, state: 'emitted', level, statement: problem.statement, from: rowOf(problem) });
    if (found.length >= most) break;
  }
  return found;
};
