import type { Grade, Graded, Level, Levelled, Scored } from '../schemas/types.ts';

export interface LevelSettings {
  /** `score`: easy if right, else by the mean score. `pass-rate`: by the share of right attempts. `hybrid`: both. */
  readonly by: 'score' | 'pass-rate' | 'hybrid';
  /** Four rising bounds in (0, 1), lower bound inclusive: at or above the last is level_5, below the first level_1. */
  readonly thresholds: readonly [number, number, number, number];
}

/** Gives a problem its level for this student, by settings that may have to be waited for. */
export const level =
  (settings: () => Promise<LevelSettings>) =>
  async (scored: Scored): Promise<{ levelled: Levelled }> => {
    const { problem, grade, score, simulated } = scored;
    return { levelled: { problem, grade, score, level: levelOf(scored, await settings()), simulated } };
  };

/** Whether a level by these settings rests on a score: only then a scorer is asked. */
export const needsScore =
  ({ by }: Pick<LevelSettings, 'by'>) =>
  ({ grade }: Graded): boolean => {
    if (by === 'score') return grade.verdict === 'wrong';
    return by === 'hybrid' && grade.right === 0;
  };

/** Share of the attempts that are right. */
export const passRate = ({ right, attempts }: Pick<Grade, 'right' | 'attempts'>): number => right / attempts;

/** The level of what was graded and scored (paper, section 3.1): 1 is the hardest, 5 the mildest. */
export const levelOf = (
  { grade, score }: { readonly grade: Pick<Grade, 'verdict' | 'right' | 'attempts'>; readonly score: number | null },
  { by, thresholds }: LevelSettings,
): Level => {
  const rate = passRate(grade);
  if (by === 'score') return grade.verdict === 'right' ? 'easy' : byThresholds(score ?? 0, thresholds);
  if (rate === 1) return 'easy';
  if (by === 'pass-rate') return byThresholds(rate, thresholds);
  if (rate > 0) return byThirds(rate);
  return (score ?? 0) >= 0.5 ? 'level_2' : 'level_1';
};

const byThresholds = (value: number, [first, second, third, fourth]: LevelSettings['thresholds']): Level => {
  if (value >= fourth) return 'level_5';
  if (value >= third) return 'level_4';
  if (value >= second) return 'level_3';
  return value >= first ? 'level_2' : 'level_1';
};

const byThirds = (rate: number): Level => {
  if (rate >= 2 / 3) return 'level_5';
  return rate >= 1 / 3 ? 'level_4' : 'level_3';
};
