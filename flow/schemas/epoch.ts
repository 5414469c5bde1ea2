import { z } from 'zod';
import type { Transport } from '../../runtime/transport.ts';
import { knownSchemas, writtenSchemas } from '../../schemas/known.ts';
import { pause } from '../../waiting/wait.ts';
import { newer } from './newer.ts';
import { readStored } from './stored.ts';

const KEY = 'schemas';
const LOOK_MILLISECONDS = 2_000;

const epochSchema = z.record(z.string(), z.object({ record: z.string(), version: z.number() }));

type Epoch = z.output<typeof epochSchema>;

/** Throws `store-newer` where a newer sluice works on the run, or did. */
export const checkEpoch = async (transport: Transport, run: string): Promise<void> => {
  const error = newerIn(await epochOf(transport), run);
  if (error !== null) throw error;
};

/** The run's records are written with today's schemas from now on: whoever does not know them has to stop. */
export const raiseEpoch = async (transport: Transport, run: string): Promise<void> => {
  const epoch = await epochOf(transport);
  const error = newerIn(epoch, run);
  if (error !== null) throw error;
  const written = [...writtenSchemas()].map(([name, { record, version }]) => [name, { record, version }] as const);
  if (written.every(([name]) => name in epoch)) return;
  await transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify(Object.fromEntries(written))));
};

/** Looks until the signal aborts; calls `outdated` once, when a newer sluice has begun to work on the run. */
export const watchEpoch = async (
  transport: Transport,
  run: string,
  signal: AbortSignal,
  outdated: (error: Error) => void,
): Promise<void> => {
  while (!signal.aborted) {
    await pause(LOOK_MILLISECONDS, signal);
    // A look that fails is made again: what works on the run says what is wrong with the broker.
    const error = signal.aborted ? null : newerIn(await epochOf(transport).catch(() => ({})), run);
    if (error !== null) return outdated(error);
  }
};

const newerIn = (epoch: Epoch, run: string): Error | null => {
  const known = knownSchemas();
  const other = Object.entries(epoch).find(([name]) => !known.has(name));
  return other === undefined ? null : newer(`the run "${run}" is`, other[1]);
};

const epochOf = async (transport: Transport): Promise<Epoch> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored ? readStored(epochSchema, stored, "the run's table of settings", KEY) : {};
};
