import { drawsFrom } from '../../../flow/forecast/draws.ts';
import { noSpending, type Observed, type Spending } from '../../../flow/forecast/observed.ts';
import type { Pilot } from '../../../flow/forecast/runs.ts';
import { type TargetSettings, targetOf } from '../../../processors/sampling/target.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level } from '../../../schemas/types.ts';

/** How simulated models behave: all that there is to know. */
export interface Law {
  /** By level, in [0, 1]; what they leave to 1 has no level. */
  readonly shares: Readonly<Record<Level, number>>;
  /** How often one sample of the teacher is verified. */
  readonly success: Readonly<Record<Level, number>>;
  readonly samples: number;
  /** Mean tokens of one answer, and the spread of their logarithm. */
  readonly tokens: Readonly<Record<'student' | 'teacher', { readonly mean: number; readonly spread: number }>>;
}

interface Made {
  readonly level: Level | null;
  readonly student: Spending;
  readonly scorer: Spending | null;
  readonly teacher: Spending;
  readonly verified: boolean;
}

const rows = [
  { stage: 'grade', model: 'student', concurrency: 64 },
  { stage: 'score', model: 'prm', concurrency: 64 },
  { stage: 'generate', model: 'teacher', concurrency: 64 },
] as const;

const price = { 'grade student': 0.5, 'score prm': 0.1, 'generate teacher': 4 };

/** A bank of problems as the law makes them, each with all that its models would say of it. */
export const bankOf = (law: Law, problems: number, seed: number): readonly Made[] => {
  const draws = drawsFrom(seed);
  const spend = (row: keyof typeof price, tokens: readonly number[]): Spending => {
    const completionTokens = tokens.reduce((sum, one) => sum + one, 0);
    const cost = (completionTokens * price[row]) / 1e6;
    return { ...noSpending, calls: tokens.length, promptTokens: 100 * tokens.length, completionTokens, cost };
  };
  const answer = ({ mean, spread }: Law['tokens']['student']): number =>
    Math.round(mean * Math.exp(spread * draws.normal() - spread ** 2 / 2));
  const levelOf = (): Level | null => {
    let luck = draws.uniform();
    for (const level of levels) {
      luck -= law.shares[level];
      if (luck < 0) return level;
    }
    return null;
  };
  return Array.from({ length: problems }, () => {
    const level = levelOf();
    const tries: number[] = [];
    let verified = false;
    while (level !== null && !verified && tries.length < law.samples) {
      // Hard problems take longer.
      tries.push(answer(law.tokens.teacher) * (1 + levels.indexOf(level) / 5));
      verified = draws.uniform() < law.success[level];
    }
    return {
      level,
      student: spend('grade student', [answer(law.tokens.student)]),
      scorer: level === null || level === 'easy' ? null : spend('score prm', [300]),
      teacher: spend('generate teacher', tries),
      verified,
    };
  });
};

export interface Wanted extends Pick<TargetSettings, 'records' | 'admit' | 'weights' | 'onShortfall'> {}

/**
 * What the sampler makes of the bank, problem by problem in its order, the pilot's among them: the naive form of the
 * forecast's courses. After grading the pilot's come first, as the seed orders them; else they come when they come.
 */
export const trueRun = (bank: readonly Made[], pilot: number, wanted: Wanted) => {
  const emitted = new Map<Level, number>();
  const asked = new Set(askedOf(bank.slice(0, pilot), wanted));
  const answered = new Set(bank.slice(0, pilot));
  const isFull = () => levels.every((level) => (emitted.get(level) ?? 0) >= quotaOf(wanted, level));
  for (const one of wanted.admit === 'streaming' ? shuffled(bank) : bank) {
    if (wanted.admit === 'streaming' && isFull()) break;
    answered.add(one);
    if (one.level === null || (emitted.get(one.level) ?? 0) >= quotaOf(wanted, one.level)) continue;
    asked.add(one);
    if (one.verified) emitted.set(one.level, (emitted.get(one.level) ?? 0) + 1);
  }
  const sum = (all: readonly (Spending | null)[], of: (one: Spending) => number) =>
    all.reduce((total, one) => total + (one ? of(one) : 0), 0);
  const spent = {
    grade: [...answered].map(({ student }) => student),
    score: [...answered].map(({ scorer }) => scorer),
    generate: [...asked].map(({ teacher }) => teacher),
  };
  const all = Object.values(spent).flat();
  return {
    cost: sum(all, (one) => one.cost),
    tokens: sum(all, (one) => one.promptTokens + one.completionTokens),
    ...Object.fromEntries(
      Object.entries(spent).flatMap(([stage, some]) => [
        [`${stage} calls`, sum(some, (one) => one.calls)],
        [`${stage} cost`, sum(some, (one) => one.cost)],
      ]),
    ),
    records: [...emitted.values()].reduce((total, one) => total + one, 0),
    ...Object.fromEntries(
      levels.flatMap((level) => [
        [`${level} problems`, bank.filter((one) => one.level === level).length],
        [`${level} emitted`, emitted.get(level) ?? 0],
      ]),
    ),
  } as Record<string, number>;
};

/** The pilot over the first problems of a bank: all that a forecast gets to see. */
export const pilotOf = (bank: readonly Made[], count: number, wanted: Wanted): Pilot => {
  const some = bank.slice(0, count);
  const asked = new Set(askedOf(some, wanted));
  const observed = some.map(
    (one): Observed => ({
      level: one.level,
      emitted: asked.has(one) ? one.verified : null,
      spent: new Map([
        ['grade student', one.student],
        ...(one.scorer ? [['score prm', one.scorer] as const] : []),
        ...(asked.has(one) ? [['generate teacher', one.teacher] as const] : []),
      ]),
    }),
  );
  const target = targetOf({ ...wanted, seed: 1 });
  return { problems: bank.length, target, observed, rows, inHand: 0, ceilings: {}, seed: 7 };
};

/** Which of a pilot the teacher is asked about: no more of a level than the target wants. */
const askedOf = (some: readonly Made[], wanted: Wanted): Made[] => {
  const emitted = new Map<Level, number>();
  return some.filter(({ level, verified }) => {
    if (level === null || (emitted.get(level) ?? 0) >= quotaOf(wanted, level)) return false;
    if (verified) emitted.set(level, (emitted.get(level) ?? 0) + 1);
    return true;
  });
};

const quotaOf = (wanted: Wanted, level: Level): number =>
  targetOf({ ...wanted, seed: 1 }).queues.find(({ queue }) => queue === level)?.quota ?? 0;

const shuffled = (bank: readonly Made[]): Made[] => {
  const draws = drawsFrom(bank.length + bank.reduce((sum, { student }) => sum + student.completionTokens, 0));
  return bank
    .map((one) => ({ one, at: draws.uniform() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
};
