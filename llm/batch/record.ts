import { hash } from 'node:crypto';
import type { Cost } from '../money/prices.ts';

/** How far a batch is, as far as this side is sure of it. */
export type BatchStep = 'gathered' | 'uploaded' | 'created' | 'cancelling';

/** One request of a batch: where its answer belongs, and what was set aside for it. */
export interface BatchRow {
  readonly problem: string;
  /** Of the journal. */
  readonly key: string;
  readonly reserved: Cost;
  /** The part of the problems whose budget pays for it too. */
  readonly part?: string | undefined;
}

/** A batch as it is kept until all of its answers are durable. */
export interface BatchRecord {
  /** Ours, written into the batch's metadata: by it one is found again whose id was lost. */
  readonly mark: string;
  /** Who made it: what it set aside is known only to lives of its own. */
  readonly worker: string;
  readonly role: string;
  readonly model: string;
  readonly step: BatchStep;
  readonly file: string | null;
  /** The server's; null before it is created. */
  readonly id: string | null;
  readonly rows: readonly BatchRow[];
}

/** Who made a batch: this life of the process, one before, or another process, which may be at work on it. */
export type Maker = 'own' | 'earlier' | 'other';

/** Where batches are kept, over all processes of a run; a record is durable when `put` resolves. */
export interface BatchStore {
  all(): Promise<BatchRecord[]>;
  put(record: BatchRecord): Promise<void>;
  remove(mark: string): Promise<void>;
}

/** What a row is called at the server: 48 letters, the same for the same request about the same problem. */
export const rowId = ({ problem, key }: Pick<BatchRow, 'problem' | 'key'>): string =>
  hash('sha256', `${problem} ${key}`).slice(0, 48);
