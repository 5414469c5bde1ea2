import type { Word } from './option-words.ts';

/** A number as a fraction in lowest terms, `3/4`, and whether it is written as a percentage. */
export interface Value {
  readonly fraction: string;
  readonly percent: boolean;
}

const NUMBER = /^\d{1,15}(?:\.\d{1,15})?$/;

/** How many words from one on are a number, a fraction or a percentage; 0 where they are none. */
export function reachOfValue(words: readonly Word[], first: number): number {
  if (!NUMBER.test(words[first] ?? '')) return 0;
  const divided = words[first + 1] === '/' && NUMBER.test(words[first + 2] ?? '') ? 3 : 1;
  const next = words[first + divided];
  if (next === '%' || next === 'percent') return divided + 1;
  return next === 'per' && words[first + divided + 1] === 'cent' ? divided + 2 : divided;
}

/** The value of words that are a number, a fraction or a percentage and nothing else; null of all others. */
export function valueIn(words: readonly Word[]): Value | null {
  const sign = words[0] === '-' ? '-' : '';
  const plain = sign === '' ? words : words.slice(1);
  const reach = reachOfValue(plain, 0);
  if (reach === 0 || reach < plain.length) return null;
  const divided = plain[1] === '/';
  const percent = reach > (divided ? 3 : 1);
  const over = scaled(divided ? plain[2]! : '1');
  const above = scaled(plain[0]!);
  if (over.digits === 0n) return null;
  return { fraction: sign + lowest(above.digits * over.scale, over.digits * above.scale), percent };
}

/**
 * Whether a value answers for an option's: `0.75` for `3/4`, `50%` for `1/2`. Where the option is a percentage, `50` leaves its
 * sign out as it would a unit's; where it is none, `50%` is not 50.
 */
export function answersFor(said: Value, option: Value): boolean {
  if (said.percent === option.percent) return said.fraction === option.fraction;
  if (said.percent) return hundredth(said.fraction) === option.fraction;
  return said.fraction === option.fraction || said.fraction === hundredth(option.fraction);
}

function hundredth(fraction: string): string {
  const [above, below] = fraction.split('/').map(BigInt) as [bigint, bigint];
  return lowest(above, below * 100n);
}

function scaled(written: string): { readonly digits: bigint; readonly scale: bigint } {
  const [whole, decimals = ''] = written.split('.');
  return { digits: BigInt(whole! + decimals), scale: 10n ** BigInt(decimals.length) };
}

function lowest(above: bigint, below: bigint): string {
  let [one, other] = [above < 0n ? -above : above, below];
  while (other !== 0n) [one, other] = [other, one % other];
  return `${above / one}/${below / one}`;
}
