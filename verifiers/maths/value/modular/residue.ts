import { MODULUS } from './field.ts';

/** A residue that looks random and is the same for the same name on every machine. */
export function residueOf(name: string): bigint {
  let value = 0n;
  for (let lane = 1; lane <= 4; lane += 1) value = (value << 32n) | BigInt(hash(name, lane));
  return value % MODULUS;
}

/** A number in [0, 1) that depends on the name alone. */
export const unitOf = (name: string): number => hash(name, 7) / 2 ** 32;

/** FNV-1a with a seed, its bits mixed at the end as MurmurHash3 does. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
