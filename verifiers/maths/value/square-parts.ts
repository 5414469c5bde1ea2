const LARGEST_TRIAL = 1000n;

/**
 * value = root² × the product of `odd`, −1 among them where it is negative; null where the value is too large to be
 * split into its primes. What trial division leaves below LARGEST_TRIAL³ counts as one of the odd ones.
 */
export function splitSquare(value: bigint): { root: bigint; odd: bigint[] } | null {
  let left = value < 0n ? -value : value;
  if (left > 1n << 200n) return null;
  const odd: bigint[] = value < 0n ? [-1n] : [];
  let root = 1n;
  for (let prime = 2n; prime <= LARGEST_TRIAL && prime * prime <= left; prime += prime === 2n ? 1n : 2n) {
    while (left % (prime * prime) === 0n) {
      root *= prime;
      left /= prime * prime;
    }
    if (left % prime === 0n) {
      odd.push(prime);
      left /= prime;
    }
  }
  if (left === 1n) return { root, odd };
  const rest = wholeRoot(left);
  if (rest !== null) return { root: root * rest, odd };
  return left < LARGEST_TRIAL ** 3n ? { root, odd: [...odd, left] } : null;
}

function wholeRoot(value: bigint): bigint | null {
  let guess = BigInt(Math.floor(Math.sqrt(Number(value))));
  for (let round = 0; round < 200; round += 1) {
    const next = (guess + value / guess) >> 1n;
    if (next === guess || next === guess + 1n) break;
    guess = next;
  }
  return guess * guess === value ? guess : null;
}
