import type { LogRecord } from '../wire/read-batches.ts';

/** Records of one partition that nobody has taken yet, in the order of their offsets. */
export class ReadAhead {
  /** Of what is held, as far as memory goes. */
  bytes = 0;
  /** Everything from here on that was delivered is held. */
  start = -1;
  #records: LogRecord[] = [];
  /** So many of them are taken: moving the rest each time would cost the square of their number. */
  #taken = 0;

  get length(): number {
    return this.#records.length - this.#taken;
  }

  add(records: readonly LogRecord[]): void {
    for (const record of records) this.bytes += sizeOf(record);
    this.#records = this.#records.concat(records);
  }

  /** The next ones, at most `max`. */
  take(max: number): readonly LogRecord[] {
    const taken = this.#records.slice(this.#taken, this.#taken + max);
    this.#drop(taken.length);
    return taken;
  }

  skipBefore(offset: number): void {
    let count = 0;
    while (count < this.length && this.#records[this.#taken + count]!.offset < offset) count++;
    this.#drop(count);
  }

  /** Holds nothing, and begins at another offset. */
  restart(offset: number): void {
    this.#drop(this.length);
    this.start = offset;
  }

  #drop(count: number): void {
    for (const end = this.#taken + count; this.#taken < end; this.#taken++)
      this.bytes -= sizeOf(this.#records[this.#taken]!);
    if (count > 0) this.start = this.#records[this.#taken - 1]!.offset + 1;
    if (this.#taken < this.#records.length / 2) return;
    this.#records = this.#records.slice(this.#taken);
    this.#taken = 0;
  }
}

const sizeOf = (record: LogRecord): number => (record.value?.length ?? 0) + 200;
