import type { NewRecord, Transport } from '../transport.ts';

/** One word of a run's control topic, as far as the engine speaks it. */
export type ControlWord =
  | {
      readonly kind: 'sealed';
      readonly topic: string;
      readonly partition: number;
      readonly end: number;
      readonly epoch: number;
    }
  | { readonly kind: 'intake'; readonly open: boolean }
  /** What a fold has finished may go on: every stage seals anew. */
  | { readonly kind: 'renewed' }
  | { readonly kind: 'other' };

/** How the words look as bytes is not the engine's business. */
export interface ControlCodec {
  encode(word: ControlWord): Uint8Array;
  decode(bytes: Uint8Array): ControlWord;
}

/** The epoch of a seal that whoever fills a source writes: it begins an epoch instead of belonging to one. */
export const SOURCE_EPOCH = -1;

/** The end of a source that has no end yet: beyond every offset, and well within what a long can hold exactly. */
export const OPEN_END = 2 ** 52;

/**
 * What the control topic says by now. An epoch begins whenever more may be let in: with each seal of a source, each
 * change of the intake and each renewal. A stage's seal holds for the epoch that the stage had seen when it wrote it; so a seal that
 * crosses a reopened intake on its way is void.
 */
export interface ControlLog {
  readonly topic: string;
  /** Offset of the word that began the epoch; -1 before the first. */
  readonly epoch: number;
  readonly intakeOpen: boolean;
  /** The offset behind the last record that this partition will have; undefined while that is open. */
  sealedEnd(topic: string, partition: number): number | undefined;
  /** `epoch` is the one in which the stage found itself drained. */
  seal(topic: string, partition: number, end: number, epoch: number): Promise<void>;
  /** The word that opens or closes the intake, for the commit that decides so. */
  intakeWord(open: boolean): NewRecord;
  /** Calls `listener` after every change, until what it gives back is called. */
  onChange(listener: () => void): () => void;
  /** Reads on until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
  /** Reads everything that is there now. */
  catchUp(): Promise<void>;
}

export const controlLog = (transport: Transport, topic: string, codec: ControlCodec): ControlLog => {
  let cursor = 0;
  let epoch = -1;
  let intakeOpen = true;
  const sources = new Map<string, number>();
  let seals = new Map<string, number>();
  const listeners = new Set<() => void>();
  let reading = Promise.resolve();
  const begin = (offset: number) => {
    epoch = offset;
    seals = new Map();
  };
  const apply = (word: ControlWord, offset: number): void => {
    if (word.kind === 'intake') intakeOpen = word.open;
    if (word.kind === 'intake' || word.kind === 'renewed') begin(offset);
    else if (word.kind === 'sealed' && word.epoch === SOURCE_EPOCH) {
      sources.set(place(word.topic, word.partition), word.end);
      begin(offset);
    } else if (word.kind === 'sealed' && word.epoch === epoch) {
      seals.set(place(word.topic, word.partition), word.end);
    }
  };
  const readOn = async (): Promise<void> => {
    for (;;) {
      const words = await transport.read(topic, 0, cursor, 1000);
      for (const { offset, value } of words) {
        apply(readWord(codec, value), offset);
        cursor = offset + 1;
      }
      if (words.length === 0) return;
      for (const listener of [...listeners]) listener();
    }
  };
  /** One reader after another: a word that is read twice would bring an epoch back. */
  const catchUp = (): Promise<void> => {
    const turn = reading.then(readOn);
    reading = turn.catch(() => {});
    return turn;
  };
  const recordOf = (word: ControlWord): NewRecord => ({
    topic,
    partition: 0,
    key: word.kind,
    value: codec.encode(word),
    headers: {},
  });
  return {
    topic,
    get epoch() {
      return epoch;
    },
    get intakeOpen() {
      return intakeOpen;
    },
    sealedEnd: (name, partition) => seals.get(place(name, partition)) ?? sources.get(place(name, partition)),
    seal: async (name, partition, end, seen) => {
      await transport.append([recordOf({ kind: 'sealed', topic: name, partition, end, epoch: seen })]);
    },
    intakeWord: (open) => recordOf({ kind: 'intake', open }),
    onChange: (listener) => {
      const mine = () => listener();
      listeners.add(mine);
      return () => listeners.delete(mine);
    },
    follow: async (signal) => {
      while (!signal.aborted) {
        await catchUp();
        await transport.grown([topic], 2_000, signal);
      }
    },
    catchUp,
  };
};

const place = (topic: string, partition: number): string => `${partition} ${topic}`;

/** A stranger's bytes on the control topic say nothing to the engine. */
const readWord = (codec: ControlCodec, value: Uint8Array): ControlWord => {
  try {
    return codec.decode(value);
  } catch {
    return { kind: 'other' };
  }
};
