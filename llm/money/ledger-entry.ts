import { z } from 'zod';
import type { Cost } from './prices.ts';

/** What lies in a ledger under the key of a slot. */
export interface LedgerEntry {
  readonly model: string;
  readonly settled: Cost;
  readonly open: Cost;
}

const cost = z.object({ tokens: z.number().nonnegative(), cost: z.number().nonnegative() });
/** A place may hold nothing but what was counted too much elsewhere: then it is below zero. */
const signed = z.object({ tokens: z.number(), cost: z.number() });
const entrySchema = z.object({ model: z.string(), settled: signed, open: cost });

export const writeEntry = (entry: LedgerEntry): Uint8Array => Buffer.from(JSON.stringify(entry));

/** Throws on bytes that are no entry. */
export const readEntry = (value: Uint8Array): LedgerEntry =>
  entrySchema.parse(JSON.parse(Buffer.from(value).toString()));
