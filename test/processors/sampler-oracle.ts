import { hash } from './sampler-world.ts';

/** By rising hardness, as DESIGN's table has it; written down again here. */
export const hardest = ['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1'] as const;
export type Name = (typeof hardest)[number];

/** What a target asks for, in whole numbers. */
export interface Wish {
  readonly weights: readonly number[];
  readonly natural: boolean;
  readonly records: number | null;
  readonly admit: 'streaming' | 'after-grading';
  readonly onShortfall: 'report' | 'redistribute';
  readonly seed: number;
}

interface One {
  readonly id: string;
  readonly level: Name;
  state: 'parked' | 'open' | 'emitted' | 'failed';
  arrival: number;
}

/**
 * The sampler's rules as DESIGN.md words them, over a plain list of problems, with exact arithmetic: which levels may
 * be let through now, and which problem of a level is the next.
 */
export const samplerOracle = () => {
  const all: One[] = [];
  const streak = new Map<Name, number>();
  const world = { wish: null as Wish | null, drained: false, halted: false };
  /** Admissions since the target was set, in their order, and what became of each. */
  let admitted: { id: string; level: Name; became: Disposition }[] = [];
  const of = (level: Name, ...states: One['state'][]) =>
    all.filter((one) => one.level === level && states.includes(one.state));
  const live = (level: Name) => of(level, 'open', 'emitted').length;
  const total = () => all.filter((one) => one.state === 'open' || one.state === 'emitted').length;
  const inOrder = () => world.wish?.admit === 'after-grading' && world.wish.records !== null;
  const dispositions = (level: Name) =>
    admitted.filter((one) => world.wish?.natural || one.level === level).map(({ became }) => became);
  const closed = (level: Name) => (inOrder() ? fiftiesOf(dispositions(level)).closed : (streak.get(level) ?? 0) >= 50);
  const held = (level: Name) => (inOrder() ? fiftiesOf(dispositions(level)).held : 0);
  const supplied = () => hardest.filter((level) => of(level, 'parked').length > 0 && !closed(level));

  const mayAdmit = (): Name[] => {
    const { wish, drained, halted } = world;
    if (!wish || halted || (wish.admit === 'after-grading' && !drained)) return [];
    if (wish.records !== null && total() + (wish.natural ? held('easy') : 0) >= wish.records) return [];
    if (wish.natural) return naturalNext();
    return wish.records === null ? furthestBehind(wish) : belowQuota(wish);
  };
  const naturalNext = (): Name[] => {
    const next = supplied().map((level) => firstOf(level) as One);
    const first = next.sort(before)[0];
    // Those that were given back are all the first, as it were.
    const isAsEarly = (one: One) =>
      one === first || (world.wish?.admit === 'streaming' && one.arrival === first?.arrival);
    return next.filter(isAsEarly).map((one) => one.level);
  };
  const furthestBehind = ({ weights, onShortfall }: Wish): Name[] => {
    const weight = (level: Name) => weights[hardest.indexOf(level)] as number;
    const among: readonly Name[] = onShortfall === 'redistribute' ? supplied() : hardest;
    const sum = among.reduce<number>((whole, level) => whole + weight(level), 0);
    const behind = (level: Name) => weight(level) * (total() + 1) - live(level) * sum;
    const may = supplied().filter((level) => behind(level) > 0);
    const most = Math.max(...may.map(behind));
    return may.filter((level) => behind(level) === most).slice(-1);
  };
  const belowQuota = (wish: Wish): Name[] => {
    const fixed = largestRemainder(wish.records as number, wish.weights);
    const quota = (level: Name) => fixed[hardest.indexOf(level)] as number;
    if (wish.onShortfall === 'report') return supplied().filter((level) => live(level) + held(level) < quota(level));
    if (!world.drained) return supplied().filter((level) => live(level) < quota(level));
    const rich = supplied();
    const moved = redistribution(
      wish,
      hardest.map(live),
      hardest.map((one) => rich.includes(one)),
    );
    return rich.filter((level) => live(level) < (moved[hardest.indexOf(level)] as number));
  };
  const before = (a: One, b: One): -1 | 1 => {
    const { wish } = world;
    const byHash = wish?.admit === 'after-grading';
    const key = (one: One) =>
      byHash ? `${hash(`${wish?.seed}/${one.id}`)}/${one.id}` : `${String(one.arrival).padStart(9)}/${one.id}`;
    return key(a) < key(b) ? -1 : 1;
  };
  const firstOf = (level: Name): One | undefined => of(level, 'parked').sort(before)[0];
  return {
    world,
    mayAdmit,
    supplied,
    next: (level: Name) => firstOf(level)?.id,
    arrive: (id: string, level: Name) => {
      all.push({ id, level, state: 'parked', arrival: all.length + 1 });
      world.drained = false;
    },
    admit: (id: string) => {
      const one = all.find((each) => each.id === id) as One;
      one.state = 'open';
      admitted.push({ id, level: one.level, became: 'open' });
    },
    settle: (id: string, became: 'emitted' | 'rejected' | 'dead' | 'returned') => {
      const one = all.find((each) => each.id === id) as One;
      const last = admitted.findLast((each) => each.id === id);
      if (last) last.became = became === 'emitted' || became === 'returned' ? 'safe' : 'failed';
      if (became === 'returned') {
        one.state = 'parked';
        one.arrival = 0;
        world.halted = true;
        return;
      }
      one.state = became === 'emitted' ? 'emitted' : 'failed';
      streak.set(one.level, became === 'emitted' ? 0 : (streak.get(one.level) ?? 0) + 1);
    },
    target: (wish: Wish) => {
      Object.assign(world, { wish, halted: false, drained: false });
      streak.clear();
      admitted = [];
    },
    count: (state: One['state']) => all.filter((one) => one.state === state).length,
    wantsMore: (): boolean => {
      const { wish, halted } = world;
      if (halted) return false;
      if (!wish || wish.records === null || wish.admit === 'after-grading') return true;
      if (total() >= wish.records) return false;
      if (wish.natural) return hardest.some((level) => !closed(level));
      const quotas = largestRemainder(wish.records, wish.weights);
      return hardest.some((level, index) => !closed(level) && live(level) < (quotas[index] as number));
    },
  };
};

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
export const redistribution = (
  { records, weights }: Wish,
  have: readonly number[],
  supplied: readonly boolean[],
): number[] => {
  const left = have.reduce((rest, one, index) => rest - (supplied[index] ? 0 : one), records as number);
  const shares = weights.map((weight, index) => (supplied[index] ? weight : 0));
  const parts = largestRemainder(Math.max(0, left), shares);
  const grows = supplied.map((one, index) => one && (have[index] as number) <= (parts[index] as number));
  const isSame = grows.every((one, index) => one === supplied[index]);
  if (!isSame) return redistribution({ records, weights } as Wish, have, grows);
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
