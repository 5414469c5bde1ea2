import type { StoredRecord, Transport } from '../../../runtime/transport.ts';
import type { DeadLetter } from '../../../schemas/types.ts';
import { topics } from '../../../topologies/topics.ts';
import { readable, tail } from '../../store/scan.ts';

/** The code of the word that takes a letter back: its record was put back and is on its way again. */
export const RETRIED = 'retried';

/** What that word says. */
export const putBack = (name: string): string => `put back: ${name}`;

/** A dead letter of the run, with where it lies itself. */
export interface KeptLetter {
  /** `partition-offset` on the dead-letter topic: what the user names it by. */
  readonly name: string;
  /** Of the record that died: mostly the problem's id. */
  readonly key: string;
  readonly letter: Omit<DeadLetter, 'value'>;
  /** How often this record was put back before. */
  readonly retries: number;
}

/** What was put back of the teacher's letters: the sampler has counted these problems once more. */
export interface CountedAgain {
  readonly level: string;
  readonly right: boolean;
}

export interface Letters {
  /** Those that hold, by their place in time: one that was put back is superseded, whatever came of it. */
  readonly standing: readonly KeptLetter[];
  /** Letters of the stage `generate`, superseded ones too: each is a failed admission. */
  readonly failedAdmissions: number;
  readonly countedAgain: readonly CountedAgain[];
}

/** Reads the run's dead letters, each once, however often it is asked. */
export const letterReader = (transport: Transport, run: string): (() => Promise<Letters>) => {
  const read = tail(transport, topics.deadLetters.name);
  const standing = new Map<string, KeptLetter>();
  const countedAgain: CountedAgain[] = [];
  const retries = new Map<string, number>();
  let failedAdmissions = 0;
  const take = (stored: StoredRecord): void => {
    const read = readable(topics.deadLetters, stored);
    if (read?.run !== run) return;
    const { value: _, ...letter } = read;
    const code = letter.code === RETRIED ? (stored.headers.code ?? '') : letter.code;
    const place = placeOf(stored.key, { ...letter, code });
    if (letter.code === RETRIED) {
      const before = standing.get(place);
      // Another process was quicker to put it back.
      if (!before || letter.message !== putBack(before.name)) return;
      standing.delete(place);
      retries.set(place, (retries.get(place) ?? 0) + 1);
      const { level, right } = stored.headers;
      if (level !== undefined) countedAgain.push({ level, right: right === 'true' });
      return;
    }
    if (letter.stage === 'generate' && !isStrangers(stored.key, letter.code)) failedAdmissions++;
    standing.set(place, { name: nameOf(stored), key: stored.key, letter, retries: retries.get(place) ?? 0 });
  };
  return async () => {
    await read(take);
    return { standing: [...standing.values()], failedAdmissions, countedAgain };
  };
};

export const lettersOf = (transport: Transport, run: string): Promise<Letters> => letterReader(transport, run)();

/** A problem is dead once, at whatever stage; the rows of a file are letters of their own. */
const placeOf = (key: string, letter: Omit<DeadLetter, 'value'>): string => {
  const { stage, topic, partition, offset, sha256 } = letter;
  return isProblemsEnd({ key, letter }) ? key : `${stage} ${key} ${topic}/${partition}/${offset} ${sha256}`;
};

export const nameOf = ({ partition, offset }: Pick<StoredRecord, 'partition' | 'offset'>): string =>
  `${partition}-${offset}`;

/** Whether a letter says that a problem of the run ended here. */
export const isProblemsEnd = ({ key, letter }: { key: string; letter: Pick<DeadLetter, 'stage' | 'code'> }): boolean =>
  letter.stage !== 'ingest' &&
  !letter.stage.startsWith('evaluate-') &&
  !key.includes('/') &&
  !isStrangers(key, letter.code);

/** Bytes that were never ours: no Avro, or of a schema and a key that we never wrote. A newer sluice's have our keys. */
const isStrangers = (key: string, code: string): boolean =>
  code === 'not-avro' || (['unknown-schema', 'damaged-record'].includes(code) && !/^[0-9a-f]{32}$/.test(key));

/** How many letters hold, by code. */
export const codesOf = ({ standing }: Letters): Record<string, number> => {
  const codes: Record<string, number> = {};
  for (const { letter } of standing) codes[letter.code] = (codes[letter.code] ?? 0) + 1;
  return codes;
};
