/** Reads what ByteWriter writes; throws a RangeError past the end. */
export class ByteReader {
  readonly bytes: Buffer;
  position = 0;

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

  copy(length: number): Uint8Array {
    const start = this.forward(length);
    const bytes = Buffer.allocUnsafeSlow(length);
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

  private forward(bytes: number): number {
    const start = this.position;
    if (bytes < 0 || start + bytes > this.bytes.length) throw new RangeError('the bytes end too early');
    this.position = start + bytes;
    return start;
  }
}
