const SHARED_BYTES = 16_384;
const nothing = Buffer.alloc(0);

/** Reads what ByteWriter writes; throws a RangeError past the end. */
export class ByteReader {
  readonly bytes: Buffer;
  position = 0;
  private shared = nothing;
  private taken = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.position;
  }

  int8(): number {
    return this.bytes.readInt8(this.forward(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.forward(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.forward(4));
  }

  int64(): number {
    return Number(this.bytes.readBigInt64BE(this.forward(8)));
  }

  bigint64(): bigint {
    return this.bytes.readBigInt64BE(this.forward(8));
  }

  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes.readUInt8(this.forward(1));
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('a varint is longer than 5 bytes');
  }

  varint(): number {
    const value = this.unsignedVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A 64-bit varint whose value does not matter. */
  skipVarlong(): void {
    while (this.bytes.readUInt8(this.forward(1)) >= 0x80);
  }

  slice(length: number): Buffer {
    const start = this.forward(length);
    return this.bytes.subarray(start, this.position);
  }

  /** A copy that keeps no more than a little of what else is read here in memory. */
  copy(length: number): Uint8Array {
    const start = this.forward(length);
    const bytes = this.own(length);
    this.bytes.copy(bytes, 0, start, this.position);
    return bytes;
  }

  string(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.slice(length).toString();
  }

  compactString(): string | null {
    const length = this.unsignedVarint();
    return length === 0 ? null : this.slice(length - 1).toString();
  }

  array<Item>(read: () => Item): Item[] {
    return Array.from({ length: Math.max(0, this.int32()) }, read);
  }

  compactArray<Item>(read: () => Item): Item[] {
    return Array.from({ length: Math.max(0, this.unsignedVarint() - 1) }, () => {
      const item = read();
      this.skipTags();
      return item;
    });
  }

  skipTags(): void {
    for (let tags = this.unsignedVarint(); tags > 0; tags--) {
      this.unsignedVarint();
      this.slice(this.unsignedVarint());
    }
  }

  /** Memory of their own for small pieces would cost more than copying them: some share theirs. */
  private own(length: number): Buffer {
    if (length > SHARED_BYTES / 4) return Buffer.allocUnsafeSlow(length);
    if (this.shared.length - this.taken < length) {
      this.shared = Buffer.allocUnsafeSlow(Math.min(SHARED_BYTES, length + this.left));
      this.taken = 0;
    }
    this.taken += length;
    return this.shared.subarray(this.taken - length, this.taken);
  }

  private forward(bytes: number): number {
    const start = this.position;
    if (bytes < 0 || start + bytes > this.bytes.length) throw new RangeError('the bytes end too early');
    this.position = start + bytes;
    return start;
  }
}
