/** Grows as it is written. Numbers up to 2^53 − 1 stand for Kafka's 64-bit ones. */
export class ByteWriter {
  private bytes: Buffer;
  private length = 0;

  constructor(capacity = 512) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  get written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** As kafkajs takes it. */
  get encoded(): { buf: Buffer; buffer: Buffer } {
    return { buf: this.bytes, buffer: this.written };
  }

  get size(): number {
    return this.length;
  }

  int8(value: number): this {
    this.room(1);
    this.length = this.bytes.writeInt8(value, this.length);
    return this;
  }

  int16(value: number): this {
    this.room(2);
    this.length = this.bytes.writeInt16BE(value, this.length);
    return this;
  }

  int32(value: number): this {
    this.room(4);
    this.length = this.bytes.writeInt32BE(value, this.length);
    return this;
  }

  int64(value: number | bigint): this {
    this.room(8);
    this.length = this.bytes.writeBigInt64BE(BigInt(value), this.length);
    return this;
  }

  unsignedVarint(value: number): this {
    this.room(5);
    while (value > 0x7f) {
      this.bytes[this.length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.bytes[this.length++] = value;
    return this;
  }

  /** Zigzag, 32 bits. */
  varint(value: number): this {
    return this.unsignedVarint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  raw(bytes: Uint8Array): this {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  /** UTF-8 whose length in bytes is known. */
  text(value: string, bytes: number): this {
    this.room(bytes);
    this.length += this.bytes.write(value, this.length, bytes, 'utf8');
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const bytes = Buffer.from(value);
    return this.int16(bytes.length).raw(bytes);
  }

  compactString(value: string): this {
    const bytes = Buffer.from(value);
    return this.unsignedVarint(bytes.length + 1).raw(bytes);
  }

  array<Item>(items: readonly Item[], write: (item: Item) => void): this {
    this.int32(items.length);
    for (const item of items) write(item);
    return this;
  }

  compactArray<Item>(items: readonly Item[], write: (item: Item) => void): this {
    this.unsignedVarint(items.length + 1);
    for (const item of items) {
      write(item);
      this.noTags();
    }
    return this;
  }

  /** The empty list of tagged fields that ends every structure of a flexible version (KIP-482). */
  noTags(): this {
    return this.unsignedVarint(0);
  }

  private room(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
