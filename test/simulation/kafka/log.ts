import { ByteReader } from '../../../runtime/transports/kafka/wire/byte-reader.ts';
import { type LogRecord, readBatches } from '../../../runtime/transports/kafka/wire/read-batches.ts';
import { encodeBatch } from '../../../runtime/transports/kafka/wire/record-batch.ts';
import { codes } from './codes.ts';

/** A batch as it lies in the log. */
export interface Batch {
  readonly base: number;
  readonly last: number;
  readonly producer: bigint;
  readonly transactional: boolean;
  readonly marker: 'commit' | 'abort' | null;
  readonly bytes: Buffer;
  readonly records: readonly LogRecord[];
  /** What became of its transaction. */
  fate: 'open' | 'committed' | 'aborted';
  /** When it was written. */
  readonly since: number;
}

export interface Aborted {
  readonly producer: bigint;
  readonly first: number;
  readonly marker: number;
}

export interface Read {
  readonly errorCode: number;
  readonly bytes: Buffer;
  readonly aborted: readonly Aborted[];
}

/** One partition as its leader keeps it (Kafka protocol guide; KIP-98 for producers, markers and the stable offset). */
export interface PartitionLog {
  /** All that was ever written, also what is compacted away by now. */
  readonly history: readonly Batch[];
  readonly start: number;
  readonly end: number;
  /** Everything below is decided. */
  readonly stable: number;
  append(bytes: Buffer): { readonly errorCode: number; readonly base: number };
  /** The coordinator has decided: the records count, and are seen when the marker lies behind them. */
  decide(producer: bigint, fate: 'committed' | 'aborted'): void;
  mark(producer: bigint, epoch: number, fate: 'committed' | 'aborted'): void;
  read(from: number, isolation: 'committed' | 'uncommitted', maxBytes: number): Read;
  /** Takes out what later values of the same keys made useless, a whole batch at a time. */
  compact(): void;
}

/** @param changed called when readers may see more than before */
export const makeLog = (now: () => number, changed: () => void): PartitionLog => {
  let batches: Batch[] = [];
  const history: Batch[] = [];
  let end = 0;
  const producers = new Map<bigint, ProducerState>();
  const open = new Map<bigint, number>();
  const aborted: Aborted[] = [];

  const add = (batch: Batch): void => {
    batches.push(batch);
    history.push(batch);
    end = batch.last + 1;
    changed();
  };
  const log: PartitionLog = {
    history,
    start: 0,
    get end() {
      return end;
    },
    get stable() {
      return Math.min(end, ...open.values());
    },
    append: (bytes) => {
      const head = readHead(bytes);
      const known = producers.get(head.producer);
      if (known !== undefined && head.epoch < known.epoch) return failed(codes.INVALID_PRODUCER_EPOCH);
      const current = known?.epoch === head.epoch ? known : { epoch: head.epoch, next: 0, recent: [] };
      const twin = current.recent.find((one) => one.sequence === head.sequence && one.count === head.count);
      if (twin) return { errorCode: 0, base: twin.base };
      if (head.sequence !== current.next) {
        return failed(
          head.sequence < current.next ? codes.DUPLICATE_SEQUENCE_NUMBER : codes.OUT_OF_ORDER_SEQUENCE_NUMBER,
        );
      }
      const base = end;
      const kept = Buffer.from(bytes);
      kept.writeBigInt64BE(BigInt(base), 0);
      const recent = [...current.recent, { sequence: head.sequence, count: head.count, base }].slice(-5);
      producers.set(head.producer, { epoch: head.epoch, next: head.sequence + head.count, recent });
      if (head.transactional && !open.has(head.producer)) open.set(head.producer, base);
      add({
        ...{ base, last: base + head.count - 1, producer: head.producer, transactional: head.transactional },
        ...{ marker: null, bytes: kept, records: readBatches(kept).flatMap((batch) => batch.records()) },
        ...{ fate: head.transactional ? 'open' : 'committed', since: now() },
      });
      return { errorCode: 0, base };
    },
    decide: (producer, fate) => {
      for (const batch of batches) if (batch.producer === producer && batch.fate === 'open') batch.fate = fate;
    },
    mark: (producer, epoch, fate) => {
      const first = open.get(producer);
      open.delete(producer);
      producers.set(producer, { epoch, next: 0, recent: [], ...keptState(producers.get(producer), epoch) });
      if (fate === 'aborted' && first !== undefined) aborted.push({ producer, first, marker: end });
      const marker = fate === 'committed' ? 'commit' : 'abort';
      const bytes = markerBytes(end, producer, epoch, marker);
      add({ base: end, last: end, producer, transactional: true, marker, bytes, records: [], fate, since: now() });
    },
    read: (from, isolation, maxBytes) => {
      if (from < 0 || from > end) return { errorCode: codes.OFFSET_OUT_OF_RANGE, bytes: Buffer.alloc(0), aborted: [] };
      const limit = isolation === 'committed' ? log.stable : end;
      const given: Buffer[] = [];
      let size = 0;
      for (let index = firstFrom(batches, from); index < batches.length; index++) {
        const { bytes, last } = batches[index]!;
        if (last >= limit || (given.length > 0 && size + bytes.length > maxBytes)) break;
        given.push(bytes);
        size += bytes.length;
      }
      const listed =
        isolation === 'committed' ? aborted.filter(({ first, marker }) => marker >= from && first < limit) : [];
      return { errorCode: 0, bytes: Buffer.concat(given), aborted: listed };
    },
    compact: () => {
      // The segment that is written to is never compacted.
      const old = batches.slice(0, -4).filter(({ last }) => last < log.stable);
      const newest = new Map<string, number>();
      for (const batch of batches) {
        if (batch.fate === 'committed') for (const { key, offset } of batch.records) newest.set(key ?? '', offset);
      }
      const useless = (batch: Batch) =>
        batch.marker === null &&
        (batch.fate === 'aborted' || batch.records.every(({ key, offset }) => newest.get(key ?? '') !== offset));
      const gone = new Set(old.filter(useless));
      batches = batches.filter((batch) => !gone.has(batch));
    },
  };
  return log;
};

interface ProducerState {
  readonly epoch: number;
  readonly next: number;
  readonly recent: readonly { readonly sequence: number; readonly count: number; readonly base: number }[];
}

const failed = (errorCode: number) => ({ errorCode, base: -1 });

/** The numbers of an epoch go on after its marker. */
const keptState = (state: ProducerState | undefined, epoch: number) => (state?.epoch === epoch ? state : {});

const firstFrom = (batches: readonly Batch[], from: number): number => {
  let [low, high] = [0, batches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (batches[middle]!.last < from) low = middle + 1;
    else high = middle;
  }
  return low;
};

export interface Head {
  readonly producer: bigint;
  readonly epoch: number;
  readonly sequence: number;
  readonly count: number;
  readonly transactional: boolean;
}

export const readHead = (bytes: Buffer): Head => {
  const reader = new ByteReader(bytes);
  reader.slice(ATTRIBUTES_AT);
  const attributes = reader.int16();
  reader.slice(4 + 8 + 8);
  const head = { producer: reader.bigint64(), epoch: reader.int16(), sequence: reader.int32(), count: reader.int32() };
  return { ...head, transactional: (attributes & TRANSACTIONAL) !== 0 };
};

const markerBytes = (base: number, producer: bigint, epoch: number, marker: 'commit' | 'abort'): Buffer => {
  const record = { key: marker === 'commit' ? '\0\0\0\u0001' : '\0\0\0\0', value: Buffer.alloc(6), headers: {} };
  const bytes = encodeBatch([record], { id: producer, epoch, sequence: -1, transactional: true }, 0, false);
  bytes.writeBigInt64BE(BigInt(base), 0);
  bytes.writeInt16BE(bytes.readInt16BE(ATTRIBUTES_AT) | CONTROL, ATTRIBUTES_AT);
  return bytes;
};

const ATTRIBUTES_AT = 21;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
