import type { Convention, Judgement } from '../../port.ts';
import type { VerifySettings } from '../verify.ts';

/** One task as it crosses to a worker: a maths reference and a response. */
export interface Job {
  readonly reference: string;
  readonly response: string;
  readonly accept?: readonly Convention[];
}

/** What a worker is started with. */
export interface WorkerSettings extends VerifySettings {
  /** One 32-bit cell: how many jobs of the batch are done. The pool reads it to tell a slow batch from a hung job. */
  readonly progress: SharedArrayBuffer;
}

export type Batch = readonly Job[];
export type BatchResult = readonly Judgement[];
