import type { Hit } from '../../../flow/status/problems/search.ts';
import { plainLine } from '../../text.ts';
import { cut } from './columns.ts';

const LONGEST = 70;

/** Problems that were found, a line each: id, state, level, where it is from, how it begins. */
export const drawHits = (hits: readonly Hit[]): string[] => {
  const wide = (cell: (hit: Hit) => string): number => Math.max(...hits.map((hit) => cell(hit).length));
  const [states, levels, places] = [wide(({ state }) => state), wide(levelOf), wide(fromOf)];
  return hits.map((hit) =>
    [
      ...[hit.id, hit.state.padEnd(states), levelOf(hit).padEnd(levels), fromOf(hit).padEnd(places)],
      cut(plainLine(hit.statement), LONGEST),
    ].join('  '),
  );
};

const levelOf = ({ level }: Hit): string => level ?? '-';
const fromOf = ({ from }: Hit): string => cut(plainLine(from), 40);
