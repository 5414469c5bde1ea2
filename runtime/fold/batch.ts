import type { NewRecord } from '../transport.ts';
import type { Admission } from './admissions.ts';

/** What the steps of one commit come to, besides what they change in the store. Each commit has one of its own. */
export interface Batch {
  readonly through: Admission[];
  readonly letters: NewRecord[];
  /** Whether more of the sources is wanted. */
  intake: boolean;
  steps: number;
  /** Of input: how many, how many bytes, and how many of the input that is parked from. */
  records: number;
  bytes: number;
  arrived: number;
  parked: number;
  unparked: number;
}

export const newBatch = (intake: boolean): Batch => ({
  through: [],
  letters: [],
  intake,
  steps: 0,
  records: 0,
  bytes: 0,
  arrived: 0,
  parked: 0,
  unparked: 0,
});

export const isEmpty = ({ steps, records }: Batch): boolean => steps === 0 && records === 0;

/** Most of one commit: all of it is held in memory. */
const MOST = { steps: 4000, bytes: 4 * 2 ** 20, unparked: 1000 };

export const hasRoom = ({ steps, records, bytes, unparked }: Batch): boolean =>
  Math.max(steps, records) < MOST.steps && bytes < MOST.bytes && unparked < MOST.unparked;
