import { totalOf } from './course.ts';
import type { PaidStage } from './observed.ts';
import type { Ceiling, Pilot, Run } from './runs.ts';
import { add, figureOf, none, type Sums } from './sums.ts';

/** How many records a run emits before its money ends, and whether it ends at all; null without a ceiling. */
export const affordable = (
  { ceilings, rows, target }: Pilot,
  { spent, course }: Run,
): { readonly records: number; readonly suffices: boolean } | null => {
  if (Object.values(ceilings).every((one) => one?.tokens === undefined && one?.cost === undefined)) return null;
  const of = (...stages: readonly PaidStage[]): Sums =>
    spent.filter((_, index) => stages.includes(rows[index]!.stage)).reduce(add, none());
  const before = [of('grade'), of('score')] as const;
  const teaching = of('generate');
  const ahead = target.admit === 'after-grading' ? before.reduce(add) : none();
  const shares = [
    shareOf(ceilings.run, before.reduce(add, teaching), ahead),
    shareOf(ceilings.grade, before[0], target.admit === 'after-grading' ? before[0] : none()),
    shareOf(ceilings.score, before[1], target.admit === 'after-grading' ? before[1] : none()),
    shareOf(ceilings.generate, teaching, none()),
  ];
  const share = Math.min(...shares);
  return { records: Math.floor(share * totalOf(course.emitted)), suffices: share >= 1 };
};

/** How much of the records is paid for by then; what is paid `ahead` of the first one comes off before. */
const shareOf = (ceiling: Ceiling | undefined, whole: Sums, ahead: Sums): number => {
  const of = (most: number, total: number, first: number): number => {
    if (total <= most) return 1;
    return total > first ? Math.max(0, (most - first) / (total - first)) : 0;
  };
  const tokens = (one: Sums): number => figureOf(one, 'promptTokens') + figureOf(one, 'completionTokens');
  return Math.min(
    of(ceiling?.tokens ?? Number.POSITIVE_INFINITY, tokens(whole), tokens(ahead)),
    of(ceiling?.cost ?? Number.POSITIVE_INFINITY, figureOf(whole, 'cost'), figureOf(ahead, 'cost')),
  );
};
