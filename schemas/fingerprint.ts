/** CRC-64-AVRO of a schema's canonical form (Avro specification, "Schema Fingerprints"), as 16 hex digits. */
export const fingerprint = (canonical: string): string => {
  let crc = EMPTY;
  for (const byte of new TextEncoder().encode(canonical)) {
    crc = (crc >> 8n) ^ (table[Number((crc ^ BigInt(byte)) & 0xffn)] as bigint);
  }
  return hexOf(crc);
};

export const hexOf = (crc: bigint): string => crc.toString(16).padStart(16, '0');

const EMPTY = 0xc15d213aa4d7a795n;

const table = Array.from({ length: 256 }, (_, index) => {
  let entry = BigInt(index);
  for (let bit = 0; bit < 8; bit++) entry = (entry >> 1n) ^ (EMPTY & -(entry & 1n));
  return entry;
});
