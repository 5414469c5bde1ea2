import { type LevelSettings, levelOf } from '../../processors/level.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { scan } from '../store/scan.ts';
import { type Scores, scoreCounter } from './scores.ts';

/** The levels of a run's problems, as they are and as other settings would give them. */
export interface OtherLevels {
  readonly problems: number;
  readonly now: Readonly<Record<Level, number>>;
  readonly other: Readonly<Record<Level, number>>;
  readonly scores: Scores;
}

/** What other thresholds, or another rule, would make of the scores that are there: no model is asked. */
export const levelsUnder = async (transport: Transport, settings: LevelSettings): Promise<OtherLevels> => {
  const now = none();
  const other = none();
  const scores = scoreCounter();
  let problems = 0;
  for await (const { record } of scan(transport, topics.levelled)) {
    now[record.level]++;
    other[levelOf(record, settings)]++;
    scores.take(record);
    problems++;
  }
  return { problems, now, other, scores: scores.now() };
};

const none = (): Record<Level, number> => Object.fromEntries(levels.map((one) => [one, 0])) as Record<Level, number>;
