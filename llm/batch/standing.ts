import type { Adaptation } from '../ask/adaptation.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../http/connect/connection.ts';
import type { Budget, Reservation } from '../money/budget.ts';
import { noCost } from '../money/prices.ts';
import type { ChatReply, ChatRequest, Journal } from '../port.ts';
import type { ChatSettings, EndpointSettings } from '../settings.ts';
import type { BatchServer } from './protocol.ts';
import type { BatchRow, BatchStore } from './record.ts';
import type { BatchSettings } from './settings.ts';

export interface BatchDeps {
  readonly role: string;
  /** The process's name among those of the run, the same after a restart. */
  readonly worker: string;
  readonly store: BatchStore;
  readonly connection: Connection;
  readonly journal: Journal;
  readonly budget?: Budget | undefined;
  readonly clock?: Clock | undefined;
  /** What came for a request that nobody in this process has asked for yet: it lies in the journal. */
  readonly unclaimed?: ((reply: ChatReply) => void) | undefined;
}

export type BatchedSettings = EndpointSettings & ChatSettings & { readonly batch: BatchSettings };

/** A request that somebody waits for. */
export interface Asked {
  readonly id: string;
  readonly row: BatchRow;
  readonly request: ChatRequest;
  /** Null where a process that is gone has set it aside. */
  reservation: Reservation | null;
  tries: number;
  readonly resolve: (reply: ChatReply) => void;
  readonly reject: (error: unknown) => void;
}

/** The batches of one model, as they stand in this process. */
export interface Standing {
  readonly settings: BatchedSettings;
  readonly deps: BatchDeps;
  readonly clock: Clock;
  readonly server: BatchServer;
  readonly adapted: Adaptation;
  readonly draining: AbortController;
  /** Waited for, by the row's id: whether it is gathered or on its way. */
  readonly asked: Map<string, Asked>;
  /** Gathered, in no batch yet. */
  readonly gathered: Set<Asked>;
  /** Rows on their way, with the mark of their batch. */
  readonly underway: Map<string, string>;
  readonly following: Map<string, Promise<void>>;
  timer: AbortController | null;
  /** Rows that came with an answer. */
  answered: number;
}

/** Ends a request's waiting for good. */
export const fail = (standing: Standing, asked: Asked, error: unknown): void => {
  standing.asked.delete(asked.id);
  asked.reservation?.settle(noCost);
  asked.reject(error);
};
