import type { Outcome } from '../../schemas/types.ts';
import { hash } from './sampler-world.ts';

/** By rising hardness, as DESIGN's table has it; written down again here. */
export const hardest = ['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1'] as const;
export type Name = (typeof hardest)[number];

/** The parts of a mixture, in its order; a target without parts has one, which has no name. */
export const noParts = [''] as const;

const partIn = (place: string): string => place.split(' of ').slice(1).join(' of ');

const placeName = (level: string, part: string): string => (part === '' ? level : `${level} of ${part}`);

/** What a target asks for, in whole numbers. */
export interface Wish {
  readonly weights: readonly number[];
  /** Of the parts; left out where there are none. */
  readonly parts?: readonly number[];
  readonly natural: boolean;
  readonly records: number | null;
  readonly admit: 'streaming' | 'after-grading';
  readonly onShortfall: 'report' | 'redistribute';
  readonly seed: number;
}

interface One {
  readonly id: string;
  readonly level: string;
  state: 'parked' | 'open' | 'emitted' | 'failed';
  arrival: number;
}

/**
 * The sampler's rules as DESIGN.md words them, over a plain list of problems, with exact arithmetic: which levels may
 * be let through now, and which problem of a level is the next. Where a target has parts, what it says of a level it says
 * of a level of a part: the places. The supply as it comes, natural, has one row of places a part, and no weights in it.
 */
export const samplerOracle = (parts: readonly string[] = noParts) => {
  const places = hardest.flatMap((level) => parts.map((part) => placeName(level, part)));
  const rows = parts.map((part) => hardest.map((level) => placeName(level, part)));
  /** What has a weight of its own, and the places in it. */
  const groups = (): readonly (readonly string[])[] => (world.wish?.natural ? rows : places.map((one) => [one]));
  const groupOf = (level: string) => groups().find((group) => group.includes(level)) as readonly string[];
  const all: One[] = [];
  const streak = new Map<string, number>();
  const world = { wish: null as Wish | null, drained: false, halted: false };
  /** Parts whose money has ended. */
  const spent = new Set<string>();
  /** Admissions since the target was set, in their order, and what became of each. */
  let admitted: { id: string; level: string; became: Disposition }[] = [];
  const of = (level: string, ...states: One['state'][]) =>
    all.filter((one) => one.level === level && states.includes(one.state));
  const live = (group: readonly string[]) => group.flatMap((level) => of(level, 'open', 'emitted')).length;
  const total = () => all.filter((one) => one.state === 'open' || one.state === 'emitted').length;
  const inOrder = () => world.wish?.admit === 'after-grading' && world.wish.records !== null;
  const dispositions = (group: readonly string[]) =>
    admitted.filter((one) => group.includes(one.level)).map(({ became }) => became);
  const closed = (level: string) =>
    spent.has(partIn(level)) ||
    (inOrder() ? fiftiesOf(dispositions(groupOf(level))).closed : (streak.get(level) ?? 0) >= 50);
  const held = (group: readonly string[]) => (inOrder() ? fiftiesOf(dispositions(group)).held : 0);
  const supplied = () => places.filter((level) => of(level, 'parked').length > 0 && !closed(level));
  const isRich = (group: readonly string[]) => supplied().some((level) => group.includes(level));

  const mayAdmit = (): string[] => {
    const { wish, drained, halted } = world;
    if (!wish || halted || (wish.admit === 'after-grading' && !drained)) return [];
    if (wish.records !== null && total() >= wish.records) return [];
    const next = wish.records === null ? furthestBehind(wish) : belowQuota(wish);
    return wish.natural ? next.slice(0, 1).flatMap(naturalNext) : next.flat();
  };
  const naturalNext = (row: readonly string[]): string[] => {
    const next = supplied()
      .filter((level) => row.includes(level))
      .map((level) => firstOf(level) as One);
    const first = next.sort(before)[0];
    // Those that were given back are all the first, as it were.
    const isAsEarly = (one: One) =>
      one === first || (world.wish?.admit === 'streaming' && one.arrival === first?.arrival);
    return next.filter(isAsEarly).map((one) => one.level);
  };
  const furthestBehind = (wish: Wish): (readonly string[])[] => {
    const weights = weightsIn(wish);
    const all = groups();
    const weight = (group: readonly string[]) => weights[all.indexOf(group)] as number;
    const among = wish.onShortfall === 'redistribute' ? all.filter(isRich) : all;
    const sum = among.reduce((whole, group) => whole + weight(group), 0);
    const behind = (group: readonly string[]) => weight(group) * (total() + 1) - live(group) * sum;
    const may = all.filter((group) => isRich(group) && behind(group) > 0);
    const most = Math.max(...may.map(behind));
    return may.filter((group) => behind(group) === most).slice(-1);
  };
  const belowQuota = (wish: Wish): (readonly string[])[] => {
    const all = groups();
    const rich = all.filter(isRich);
    const fixed = largestRemainder(wish.records as number, weightsIn(wish));
    const quota = (group: readonly string[]) => fixed[all.indexOf(group)] as number;
    if (wish.onShortfall === 'report') return rich.filter((group) => live(group) + held(group) < quota(group));
    if (!world.drained) return rich.filter((group) => live(group) < quota(group));
    const moved = redistribution(wish, all.map(live), all.map(isRich));
    return rich.filter((group) => live(group) < (moved[all.indexOf(group)] as number));
  };
  const before = (a: One, b: One): -1 | 1 => {
    const { wish } = world;
    const byHash = wish?.admit === 'after-grading';
    const key = (one: One) =>
      byHash ? `${hash(`${wish?.seed}/${one.id}`)}/${one.id}` : `${String(one.arrival).padStart(9)}/${one.id}`;
    return key(a) < key(b) ? -1 : 1;
  };
  const firstOf = (level: string): One | undefined => of(level, 'parked').sort(before)[0];
  return {
    world,
    mayAdmit,
    supplied,
    next: (level: string) => firstOf(level)?.id,
    arrive: (id: string, level: string) => {
      all.push({ id, level, state: 'parked', arrival: all.length + 1 });
      world.drained = false;
    },
    admit: (id: string) => {
      const one = all.find((each) => each.id === id) as One;
      one.state = 'open';
      admitted.push({ id, level: one.level, became: 'open' });
    },
    settle: (id: string, became: Outcome['became']) => {
      const one = all.find((each) => each.id === id) as One;
      const last = admitted.findLast((each) => each.id === id);
      const isBack = became === 'returned' || became === 'unaffordable';
      if (last) last.became = became === 'emitted' || isBack ? 'safe' : 'failed';
      if (isBack) {
        one.state = 'parked';
        one.arrival = 0;
        const part = partIn(one.level);
        if (became === 'unaffordable' && part !== '') spent.add(part);
        else world.halted = true;
        return;
      }
      one.state = became === 'emitted' ? 'emitted' : 'failed';
      streak.set(one.level, became === 'emitted' ? 0 : (streak.get(one.level) ?? 0) + 1);
    },
    target: (wish: Wish) => {
      Object.assign(world, { wish, halted: false, drained: false });
      streak.clear();
      spent.clear();
      admitted = [];
    },
    count: (state: One['state']) => all.filter((one) => one.state === state).length,
    wantsMore: (): boolean => {
      const { wish, halted } = world;
      if (halted) return false;
      if (!wish || wish.records === null || wish.admit === 'after-grading') return true;
      if (total() >= wish.records) return false;
      const quotas = largestRemainder(wish.records, weightsIn(wish));
      const isOpen = (group: readonly string[]) => group.some((level) => !closed(level));
      return groups().some((group, index) => isOpen(group) && live(group) < (quotas[index] as number));
    },
  };
};

/** Of everything that has a weight of its own, in the order of the levels and then of the parts. */
export const weightsIn = ({ natural, weights, parts = [1] }: Wish): number[] =>
  (natural ? [1] : weights).flatMap((weight) => parts.map((times) => weight * times));

type Disposition = 'open' | 'failed' | 'safe';

/** Fifty after fifty: one without anything safe holds the places of all later failures back, and of its own last one. */
export const fiftiesOf = (dispositions: readonly Disposition[]): { closed: boolean; held: number } => {
  const count = (some: readonly Disposition[]) => some.filter((one) => one === 'failed').length;
  for (let start = 0; start < dispositions.length; start += 50) {
    const fifty = dispositions.slice(start, start + 50);
    if (fifty.includes('safe')) continue;
    const closed = count(fifty) === 50;
    return { closed, held: (closed ? 1 : 0) + count(dispositions.slice(start + 50)) };
  }
  return { closed: false, held: 0 };
};

/** The supplied ones share what the others leave; whoever has more than its part counts as one of the others. */
export const redistribution = (wish: Wish, have: readonly number[], supplied: readonly boolean[]): number[] => {
  const left = have.reduce((rest, one, index) => rest - (supplied[index] ? 0 : one), wish.records as number);
  const shares = weightsIn(wish).map((weight, index) => (supplied[index] ? weight : 0));
  const parts = largestRemainder(Math.max(0, left), shares);
  const grows = supplied.map((one, index) => one && (have[index] as number) <= (parts[index] as number));
  const isSame = grows.every((one, index) => one === supplied[index]);
  if (!isSame) return redistribution(wish, have, grows);
  return have.map((one, index) => (supplied[index] ? (parts[index] as number) : one));
};

/** In whole numbers; ties to the harder. */
export const largestRemainder = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((all, one) => all + one, 0);
  if (sum === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / sum));
  const order = weights.map((weight, index) => ({ index, rest: (total * weight) % sum }));
  order.sort((a, b) => b.rest - a.rest || b.index - a.index);
  const left = total - parts.reduce((all, one) => all + one, 0);
  return parts.map((part, index) => part + (order.slice(0, left).some((one) => one.index === index) ? 1 : 0));
};
