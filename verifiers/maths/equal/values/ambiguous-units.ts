import { ONE, rational, same } from '../../value/rational.ts';
import type { Unit } from '../../value/units.ts';

const kindOf = ({ dimensions }: Unit): string | null => {
  const [[name, power] = ['', 0], ...others] = dimensions;
  return others.length === 0 && power === 1 ? name : null;
};

const POUND = rational(45_359_237n, 100_000_000n);

/** Where one name is that of two units, the one that is meant beside another: pounds weigh and pay, ¥ is yen or yuan. */
export function meantBeside(unit: Unit, other: Unit): Unit {
  const [kind, its] = [kindOf(unit), kindOf(other)];
  const isMoney = kind === 'mass' && same(unit.factor, POUND) && its === 'sterling';
  const isEither = kind === 'yen-or-yuan' && (its === 'yen' || its === 'yuan');
  return isMoney || isEither ? { ...unit, factor: ONE, dimensions: other.dimensions } : unit;
}
