import { randomUUID } from 'node:crypto';
import { contentOf } from '../../datasets/problem-id.ts';
import type { Headers, Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';

/** What a problem's reference is from now on, or that it is no problem any more. */
export interface Correction {
  readonly id: string;
  /** Of the reference, by `contentOf`; null: withdrawn. */
  readonly content: string | null;
  /** The data set in which it is so; null: wherever it stands. */
  readonly within: string | null;
}

/** The corrections that hold for a run: those that were made before it first began. */
export interface Corrections {
  /** False for a row that was superseded or withdrawn, and for one that supersedes it too late for this run. */
  stands(problem: Problem, headers: Headers, dataSet: string): boolean;
  /** Whether the problem has this very content, or is gone, already. */
  has(correction: Correction): boolean;
  /** Whether a later form of the file was without the problem. */
  isGoneFrom(id: string, dataSet: string): boolean;
  /** How many were made since. */
  readonly later: number;
}

/** Header of a row that `sluice problems correct` put there. */
export const CORRECTS = 'corrects';

/** Makes corrections known, all at once for whoever begins after that; their rows are to be there before. */
export const putCorrections = async (transport: Transport, corrections: readonly Correction[]): Promise<void> => {
  if (corrections.length === 0) return;
  const table = transport.table('files');
  const batch = (await newest(transport)) + 1;
  for (let first = 0; first < corrections.length; first += IN_AN_ENTRY) {
    // Two that correct at once do not overwrite each other.
    const key = `${PREFIX}${batch}/${String(first).padStart(9, '0')}/${randomUUID()}`;
    await table.put(key, key, Buffer.from(JSON.stringify(corrections.slice(first, first + IN_AN_ENTRY))));
  }
};

/** Keeps with a run that begins which corrections hold for it. */
export const keepCorrections = async (transport: Transport): Promise<void> => {
  const settings = transport.table('settings');
  if (await settings.get(KEPT, KEPT)) return;
  await settings.put(KEPT, KEPT, Buffer.from(String(await newest(transport))));
};

/** As they are kept with the run; of one that has not begun, all of them hold. */
export const keptCorrections = async (transport: Transport): Promise<Corrections> => {
  const stored = await transport.table('settings').get(KEPT, KEPT);
  const upTo = stored ? Number(Buffer.from(stored).toString()) : Number.POSITIVE_INFINITY;
  const parts: (readonly [key: string, corrections: readonly Correction[]])[] = [];
  for await (const [key, value] of transport.table('files').entries(PREFIX)) {
    parts.push([key, JSON.parse(Buffer.from(value).toString()) as Correction[]]);
  }
  const isHeld = ([key]: (typeof parts)[number]) => batchOf(key) <= upTo;
  const held = new Map<string, Map<string | null, Correction>>();
  for (const [, corrections] of parts.filter(isHeld).sort(([a], [b]) => batchOf(a) - batchOf(b) || (a < b ? -1 : 1))) {
    for (const one of corrections) {
      // What is said of a problem wherever it stands counts more than what was said before of one file.
      const before = one.within === null ? undefined : held.get(one.id);
      held.set(one.id, new Map(before).set(one.within, one));
    }
  }
  const found = (id: string, within: string | null) => held.get(id)?.get(within) ?? held.get(id)?.get(null);
  return {
    stands: (problem, headers, dataSet) => {
      const correction = found(problem.id, dataSet);
      if (!correction) return headers[CORRECTS] === undefined;
      return correction.content !== null && correction.content === contentOf(problem);
    },
    has: ({ id, content, within }) => found(id, within)?.content === content,
    isGoneFrom: (id, dataSet) => held.get(id)?.get(dataSet)?.content === null,
    later: parts.filter((part) => !isHeld(part)).reduce((sum, [, corrections]) => sum + corrections.length, 0),
  };
};

const PREFIX = 'correction/';
const KEPT = 'corrections';
/** So that an entry stays far below what the table takes. */
const IN_AN_ENTRY = 1000;

const batchOf = (key: string): number => Number(key.slice(PREFIX.length).split('/')[0]);

const newest = async (transport: Transport): Promise<number> => {
  let last = 0;
  for await (const [key] of transport.table('files').entries(PREFIX)) last = Math.max(last, batchOf(key));
  return last;
};
