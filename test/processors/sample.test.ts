import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../processors/sampling/counts.ts';
import { allAnnounced, parkedAt } from '../../processors/sampling/queues.ts';
import { type Target, targetOf } from '../../processors/sampling/target.ts';
import type { Level, Outcome } from '../../schemas/types.ts';
import {
  fiftiesOf,
  hardest,
  largestRemainder,
  type Name,
  noParts,
  redistribution,
  samplerOracle,
  type Wish,
  weightsIn,
} from './sampler-oracle.ts';
import { hash, samplerWorld } from './sampler-world.ts';

/** Names that could be taken for a queue's; the target says nothing of the last one. */
const mixture = ['maths', 'code of laws', 'by arrival', 'left out'] as const;

const wishes = (
  admit: readonly Wish['admit'][],
  shortfall: readonly Wish['onShortfall'][],
  parts: readonly string[] = noParts,
) =>
  fc.record({
    ...(parts !== noParts && {
      parts: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.constant(0)),
    }),
    weights: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 9 })), { minLength: 6, maxLength: 6 }),
    natural: fc.constantFrom(true, false, false, false),
    records: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 2 }),
    admit: fc.constantFrom(...admit),
    onShortfall: fc.constantFrom(...shortfall),
    seed: fc.nat(5),
  });
const anyLevel = fc.constantFrom(...hardest);
const arrivals = (parts: readonly string[]) =>
  fc.record({ do: fc.constant('arrive' as const), level: anyLevel, part: fc.constantFrom(...parts) });
const moves = (wish: fc.Arbitrary<Wish>, parts: readonly string[]) =>
  fc.array(
    fc.oneof(
      { weight: 12, arbitrary: arrivals(parts) },
      {
        weight: 9,
        arbitrary: fc.record({
          do: fc.constant('settle' as const),
          which: fc.nat(),
          became: fc.constantFrom('emitted' as const, 'emitted' as const, 'rejected' as const, 'dead' as const),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('return' as const), which: fc.nat(), ofPart: fc.boolean() }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('target' as const), wish }) },
      { weight: 1, arbitrary: fc.constant({ do: 'stop' as const }) },
      { weight: 4, arbitrary: fc.constant({ do: 'drain' as const }) },
      { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
    ),
    { minLength: 10, maxLength: 120, size: 'max' },
  );

const targetFrom = ({ weights, natural, parts, ...rest }: Wish): Target =>
  targetOf({
    ...rest,
    ...(parts && {
      parts: {
        by: 'domain',
        weights: Object.fromEntries(mixture.slice(0, -1).map((part, index) => [part, parts[index] ?? 0])),
      },
    }),
    weights: natural
      ? 'natural'
      : (Object.fromEntries(hardest.map((level, index) => [level, weights[index]])) as Record<Level, number>),
  });

describe('the sampler', () => {
  const targets = [
    { name: 'levels', parts: noParts },
    { name: 'levels crossed with parts', parts: mixture },
  ];

  /** One that is announced is put back at the change of target, and its level's first record is not what it was. */
  const putBackAtChange = () => {
    const one = { weights: [1, 1, 1, 1, 1, 1], natural: true, records: 1, seed: 0 } as const;
    const rest = { admit: 'streaming', onShortfall: 'report' } as const;
    const arrive = (level: Level) => ({ do: 'arrive' as const, level, part: '' });
    return [
      ...[arrive('easy'), arrive('easy'), { do: 'target' as const, wish: { ...one, ...rest } }, arrive('easy')],
      { do: 'settle' as const, which: 0, became: 'dead' as const },
      ...[arrive('level_5'), arrive('easy'), { do: 'target' as const, wish: { ...one, ...rest, records: null } }],
    ];
  };

  /** A target of another seed, full, while two levels wait in the order of the one before: who is next is not known yet. */
  const announcedWhileMoved = () => {
    const arrive = (level: Level, many: number) =>
      Array.from({ length: many }, () => ({ do: 'arrive' as const, level, part: '' }));
    const settle = (...all: ('emitted' | 'rejected' | 'dead')[]) =>
      all.map((became) => ({ do: 'settle' as const, which: 0, became }) as const);
    const target = (records: number, seed: number) => {
      const rest = { natural: true, admit: 'after-grading', onShortfall: 'report' } as const;
      return [{ do: 'target' as const, wish: { weights: [1, 1, 1, 1, 1, 1], records, seed, ...rest } }];
    };
    const drain = { do: 'drain' as const };
    const nothing = { do: 'reopen' as const };
    return [
      // The moments that change nothing give the problems the ids, and so the places in the order, that it takes.
      ...[...arrive('easy', 6), ...arrive('level_4', 1), nothing, ...target(9, 0), nothing, ...arrive('easy', 3)],
      ...[nothing, drain, ...arrive('easy', 3), ...settle('emitted', 'rejected'), ...target(7, 3)],
      ...[...arrive('easy', 2), ...settle('dead'), ...arrive('level_4', 1), ...settle('emitted', 'emitted'), drain],
      ...settle('dead', 'dead'),
    ];
  };

  it.each(targets)(
    'lets through exactly what the rules allow, under any interleaving, change of target and restart: $name',
    ({ parts }) => {
      // What is redistributed after grading goes by rounds, and has a law of its own below.
      const wish = fc.oneof(
        wishes(['streaming'], ['report', 'redistribute'], parts),
        wishes(['after-grading'], ['report'], parts),
      );
      const backlog = fc.array(arrivals(parts), { maxLength: 40 });
      let announcements = 0;
      fc.assert(
        fc.property(backlog, moves(wish, parts), fc.constantFrom(0, 1, 4, 4), (before, moved, ahead) => {
          const all = [...before, ...moved];
          const oracle = samplerOracle(parts);
          const world = samplerWorld(
            (id, level) => {
              const place = placeOf(id, level);
              const may = wasReordered && oracle.world.wish?.natural ? oracle.supplied() : oracle.mayAdmit();
              if (!may.includes(place)) throw new Error(`${place} may not be let through now`);
              if (!wasReordered) expect(id).toBe(oracle.next(place));
              oracle.admit(id);
            },
            partsBy(parts),
            { ahead, announced: () => announcements++ },
          );
          // After grading everything is in the seed's order; what was parked by a seed stays so when streaming begins.
          let wasReordered = false;
          const check = () => {
            expect(oracle.mayAdmit()).toEqual([]);
            expect(world.told.intake).toBe(oracle.wantsMore());
            expect(world.open.size).toBe(oracle.count('open'));
            expect(world.parked()).toHaveLength(oracle.count('parked'));
            const counted = Object.keys(world.state().waiting).map((place) => parkedAt(world.state(), place));
            expect(counted.reduce((all, one) => all + one, 0)).toBe(oracle.count('parked'));
            expect(allAnnounced(world.state())).toBeLessThanOrEqual(ahead);
          };
          const settle = (which: number, became: Outcome['became']) => {
            const ids = [...world.open.keys()];
            const id = ids[which % Math.max(1, ids.length)];
            if (id === undefined) return;
            oracle.settle(id, became);
            world.settle(id, became);
          };
          for (const [index, move] of all.entries()) {
            if (move.do === 'arrive') {
              const id = idOf(index, move.part);
              oracle.arrive(id, placeOf(id, move.level));
              world.arrive(id, move.level);
            } else if (move.do === 'settle') settle(move.which, move.became);
            else if (move.do === 'return') settle(move.which, move.ofPart ? 'unaffordable' : 'returned');
            else if (move.do === 'target') {
              wasReordered ||= oracle.world.wish?.admit === 'after-grading' && move.wish.admit === 'streaming';
              oracle.target(move.wish);
              world.target(targetFrom(move.wish));
            } else if (move.do === 'stop') {
              oracle.world.halted = true;
              world.stop();
            } else {
              oracle.world.drained = move.do === 'drain';
              if (move.do === 'drain') world.drain();
              else world.reopen();
            }
            check();
          }
          // The end: everything is read, and whatever is open comes to something.
          oracle.world.drained = true;
          for (world.drain(); world.open.size > 0; ) settle(0, 'emitted');
          world.drain();
          check();
          expect(oracle.count('open')).toBe(0);
          expect(world.told.finished).toBe(oracle.world.wish !== null);
        }),
        {
          numRuns: 250,
          examples:
            parts === noParts
              ? [
                  [[], putBackAtChange(), 4],
                  [[], announcedWhileMoved(), 4],
                ]
              : [],
        },
      );
      expect(announcements).toBeGreaterThan(10);
    },
  );

  it.each(targets)(
    'emits the same set after grading, whatever the order of arrivals and answers, also where levels close: $name',
    ({ parts }) => {
      const part = fc.constantFrom(...parts);
      const some = fc.record({ level: anyLevel, part, fails: fc.boolean() }).map((one) => [one]);
      // So many that fail one after another close their level, wherever the seed puts them.
      const hopeless = fc
        .record({ level: anyLevel, part, count: fc.integer({ min: 40, max: 160 }) })
        .map(({ level, part, count }) => Array.from({ length: count }, () => ({ level, part, fails: true })));
      const bank = fc
        .array(fc.oneof({ weight: 30, arbitrary: some }, { weight: 1, arbitrary: hopeless }), {
          minLength: 1,
          maxLength: 60,
          size: 'max',
        })
        .map((parts) => parts.flat());
      const shuffles = fc.array(fc.nat(), { minLength: 200, maxLength: 200 });
      const bounded = wishes(['after-grading'], ['report', 'redistribute'], parts).chain((one) =>
        fc
          .constantFrom(17, 80, 200)
          .map((records) => ({ ...one, natural: one.natural && one.onShortfall === 'report', records })),
      );
      let closed = 0;
      fc.assert(
        fc.property(bank, bounded, shuffles, fc.nat(60), fc.constantFrom(0, 3), (problems, one, dice, late, ahead) => {
          const wanted = emittedByRounds(problems, one, parts);
          expect(run(problems, one, dice, { late, ahead }, parts)).toEqual(wanted.emitted);
          if (wanted.closed) closed++;
        }),
        { numRuns: 250 },
      );
      expect(closed).toBeGreaterThan(10);
    },
  );

  it('closes a level that fails fifty times in a row, and only that level, natural targets too', () => {
    for (const natural of [false, true]) {
      const world = samplerWorld(() => {});
      world.target(targetFrom({ ...plain, natural, records: 1000 }));
      for (let index = 0; index < 300; index++) {
        world.arrive(`h${index}`, 'level_1');
        world.arrive(`e${index}`, 'easy');
        for (const [id, level] of [...world.open]) world.settle(id, level === 'easy' ? 'emitted' : 'rejected');
      }
      const { failed, emitted } = world.state();
      expect(failed.level_1).toBe(50);
      expect(parkedAt(world.state(), 'level_1')).toBe(250);
      expect(emitted.easy).toBeGreaterThan(100);
    }
  });

  it('emits by the target though hard problems fail more often', () => {
    const weights = [5, 5, 4, 3, 2, 1];
    const world = samplerWorld(() => {});
    world.target(targetFrom({ ...plain, weights, records: null }));
    let dice = 1;
    const random = () => {
      dice = (Math.imul(dice, 1103515245) + 12345) >>> 0;
      return dice / 2 ** 32;
    };
    for (let index = 0; index < 9000; index++) {
      world.arrive(`p${index}`, hardest[index % 6] as Name);
      const ids = [...world.open.keys()];
      if (ids.length < 30) continue;
      const id = ids[Math.floor(random() * ids.length)] as string;
      const failing = hardest.indexOf(world.open.get(id) as Name) / 8;
      world.settle(id, random() < failing ? 'rejected' : 'emitted');
    }
    const { emitted, failed } = world.state();
    const total = sum(emitted);
    expect(total).toBeGreaterThan(2500);
    expect(failed.level_1).toBeGreaterThan(emitted.level_1 as number);
    for (const [index, level] of hardest.entries()) {
      expect(Math.abs((emitted[level] as number) / total - (weights[index] as number) / 20)).toBeLessThan(0.015);
    }
  });

  it('never lets through more than was asked for in all, when levels come back after a redistribution', () => {
    const world = samplerWorld(() => {});
    const half = { ...plain, weights: [1, 1, 0, 0, 0, 0], records: 10, onShortfall: 'redistribute' as const };
    world.target(targetFrom(half));
    for (let index = 0; index < 20; index++) world.arrive(`b${index}`, 'level_5');
    for (let index = 0; index < 2; index++) world.arrive(`a${index}`, 'easy');
    world.drain();
    for (const id of [...world.open.keys()]) world.settle(id, 'emitted');
    world.reopen();
    for (let index = 2; index < 20; index++) world.arrive(`a${index}`, 'easy');
    world.drain();
    for (const id of [...world.open.keys()]) world.settle(id, 'emitted');
    expect(world.state().emitted).toEqual({ easy: 2, level_5: 8 });
  });

  it('throws on what is no target, and keeps the one it has', () => {
    const world = samplerWorld(() => {});
    const target = targetFrom({ ...plain, records: 3 });
    world.target(target);
    const bad = [
      '{',
      '5',
      'null',
      '{}',
      JSON.stringify({ ...target, queues: [] }),
      JSON.stringify({ ...target, records: -1 }),
    ];
    for (const settings of bad) expect(() => world.target(JSON.parse(`{"raw":${JSON.stringify(settings)}}`))).toThrow();
    expect(world.state().target).toEqual(target);
  });
});

const plain: Wish = {
  weights: [1, 1, 1, 1, 1, 1],
  natural: false,
  records: null,
  admit: 'streaming',
  onShortfall: 'report',
  seed: 1,
};

interface Given {
  readonly level: Name;
  readonly part: string;
  readonly fails: boolean;
}

const partsBy = (parts: readonly string[]) => (parts === noParts ? null : 'domain');
const idOf = (index: number, part: string): string => `p${index}${part === '' ? '' : `@${part}`}`;
const placeOf = (id: string, level: string): string => {
  const [, part] = id.split('@');
  return part === undefined ? level : `${level} of ${part}`;
};

/** Arrivals and outcomes in the order of the dice; the target comes before the problem number `late`. */
const run = (
  problems: readonly Given[],
  wish: Wish,
  dice: number[],
  { late, ahead }: { late: number; ahead: number },
  parts: readonly string[],
) => {
  const world = samplerWorld(() => {}, partsBy(parts), { ahead });
  const emitted: string[] = [];
  const left = problems.map((_, index) => index);
  let throws = 0;
  const die = (sides: number) => (dice[throws++ % dice.length] as number) % sides;
  for (let come = 0; left.length > 0; come++) {
    if (come === late) world.target(targetFrom(wish));
    const [index] = left.splice(die(left.length), 1) as [number];
    const { level, part } = problems[index] as Given;
    world.arrive(idOf(index, part), level);
  }
  if (late >= problems.length) world.target(targetFrom(wish));
  for (world.drain(); world.open.size > 0; ) {
    const id = [...world.open.keys()][die(world.open.size)] as string;
    const fails = problems[Number.parseInt(id.slice(1), 10)]?.fails;
    if (!fails) emitted.push(id);
    world.settle(id, fails ? 'rejected' : 'emitted');
  }
  world.drain();
  expect(world.told.finished).toBe(true);
  return emitted.sort();
};

/** The oracle: of each level so many are tried as it may fail, in the seed's order; what dry levels leave is given on. */
const emittedByRounds = (problems: readonly Given[], wish: Wish, parts: readonly string[]) => {
  const records = wish.records as number;
  const groups = (wish.natural ? ['all'] : hardest).flatMap((level) => parts.map((part) => ({ level, part })));
  const lists = groups.map((group) =>
    problems
      .map((problem, index) => ({ ...problem, id: idOf(index, problem.part) }))
      .filter(({ level, part }) => (group.level === 'all' || level === group.level) && part === group.part)
      .sort((a, b) => (sortKey(a.id, wish) < sortKey(b.id, wish) ? -1 : 1)),
  );
  const tried = groups.map(() => 0);
  const firsts = (index: number) => (lists[index] as (typeof lists)[number]).slice(0, tried[index]);
  const dispositions = (index: number) =>
    firsts(index).map(({ fails }) => (fails ? ('failed' as const) : ('safe' as const)));
  const good = (index: number) => firsts(index).filter(({ fails }) => !fails);
  const isClosed = (index: number) => fiftiesOf(dispositions(index)).closed;
  let quotas = largestRemainder(records, weightsIn(wish));
  for (;;) {
    for (const index of groups.keys()) {
      const supply = (lists[index] as unknown[]).length;
      for (;;) {
        const failed = (tried[index] as number) - good(index).length;
        const may = Math.min(supply, (quotas[index] as number) + failed - fiftiesOf(dispositions(index)).held);
        if (may <= (tried[index] as number)) break;
        tried[index] = may;
      }
    }
    const emitted = groups.flatMap((_, index) => good(index).map(({ id }) => id)).sort();
    const closed = [...groups.keys()].some(isClosed);
    if (wish.onShortfall === 'report' || emitted.length >= records) return { emitted, closed };
    const isDry = (index: number) => isClosed(index) || (tried[index] as number) >= (lists[index] as unknown[]).length;
    const have = [...groups.keys()].map((index) => good(index).length);
    const supplied = [...groups.keys()].map((index) => !isDry(index));
    const next = redistribution(wish, have, supplied);
    if (next.every((quota, index) => quota === quotas[index])) return { emitted, closed };
    quotas = next;
  }
};

const sortKey = (id: string, { seed }: Wish): string => `${hash(`${seed}/${id}`)}/${id}`;
