import { createHash } from 'node:crypto';

/** Parts of an export by name, with their shares, which sum to one; all rows of a problem lie in one part. */
export interface Splits {
  readonly seed: number;
  readonly shares: Readonly<Record<string, number>>;
}

export const trainAlone: Splits = { seed: 0, shares: { train: 1 } };

/**
 * The part that a problem belongs to, by its id and the seed alone: the same in every export, whatever else is there.
 * So the shares hold in the mean, not to the row.
 */
export const splitOf = ({ seed, shares }: Splits): ((id: string) => string) => {
  const parts = Object.entries(shares);
  const [last] = parts.at(-1) ?? ['train'];
  return (id) => {
    let left = uniform(`${seed}/${id}`);
    for (const [name, share] of parts) {
      left -= share;
      if (left < 0) return name;
    }
    return last;
  };
};

/** In [0, 1): the first 48 bits of SHA-256. */
const uniform = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
