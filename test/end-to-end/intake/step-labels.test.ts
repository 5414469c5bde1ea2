import { parquetReadObjects } from 'hyparquet';
import { asyncBufferFromFile } from 'hyparquet/src/node.js';
import { compressors } from 'hyparquet-compressors';
import { describe, expect, it } from 'vitest';
import { splitSteps } from '../../../llm/ask/steps.ts';
import { type Aggregate, score } from '../../../processors/score.ts';
import type { Graded } from '../../../schemas/types.ts';
import { problem, wrongGrade } from '../../helpers/flow.ts';
import { dataFolder, haveData } from '../../helpers/real-data.ts';

/** One labelled step of a worked solution: what came before it, and what a human thought of it. */
interface Row {
  readonly instruction: string;
  readonly responses: readonly string[];
  readonly next_response: string;
  readonly rating: number | bigint | null;
}

interface Trajectory {
  readonly statement: string;
  readonly steps: readonly string[];
  /** A value in (0, 1) for each step, from its label. */
  readonly values: readonly number[];
}

/** Bad, neutral, good; what a human wrote instead has no label and is good. */
const labelValue = (rating: Row['rating']): number => [0.1, 0.5, 0.9][Number(rating ?? 1) + 1] as number;

describe.skipIf(!haveData)('wrong trajectories with human step labels', () => {
  it('gives what a separate computation gives, for all four aggregates', async () => {
    const trajectories = await wrongTrajectories(100);
    expect(trajectories).toHaveLength(100);
    expect(Math.max(...trajectories.map(({ steps }) => steps.length))).toBeGreaterThan(5);
    for (const trajectory of trajectories) {
      for (const [aggregate, expected] of Object.entries(expectedOf(trajectory.values))) {
        const found = await scoreOf(trajectory, aggregate as Aggregate);
        expect(found.steps).toEqual(trajectory.values);
        expect(found.score, `${aggregate} of ${trajectory.values}`).toBeCloseTo(expected, 12);
      }
    }
  });
});

/** Written out, term by term. */
const expectedOf = (values: readonly number[]): Record<Aggregate, number> => {
  let sum = 0;
  let least = 1;
  let product = 1;
  for (const value of values) {
    sum += value;
    if (value < least) least = value;
    product *= value;
  }
  return { mean: sum / values.length, min: least, product, last: values[values.length - 1] as number };
};

/** The step scorer answers by the human's labels; the trajectory comes as one text, as a student would give it. */
const scoreOf = async ({ statement, steps, values }: Trajectory, aggregate: Aggregate) => {
  const label = new Map(steps.map((step, index) => [step, values[index] as number]));
  const scorer = {
    kind: 'model' as const,
    aggregate,
    split: splitSteps,
    score: async (request: { steps: readonly string[] }) => ({
      scores: request.steps.map((step) => label.get(step) ?? Number.NaN),
      usage: { promptTokens: 0, completionTokens: 0 },
      journaled: false,
      simulated: false,
    }),
  };
  const run = score({ scorer: () => scorer, needed: () => true });
  const { scored } = await run(wrongAnswer(statement, steps.join('\n\n')), new AbortController().signal);
  const [marked] = scored.scores;
  return { steps: marked?.steps.map((step) => step.score) ?? [], score: marked?.score ?? Number.NaN };
};

const wrongAnswer = (statement: string, answer: string): Graded => ({
  problem: { ...problem('labelled'), statement },
  grade: wrongGrade('student'),
  messages: [],
  simulated: false,
  attempts: [
    {
      sample: 0,
      reasoning: '',
      answer,
      finish: 'stop',
      verdict: 'wrong',
      reason: 'labelled so',
      extracted: null,
      found: null,
      passedShare: null,
      promptTokens: 0,
      completionTokens: 0,
    },
  ],
});

/** Paths through the file that end in a step labelled bad; every step on the way has a label of its own. */
const wrongTrajectories = async (count: number): Promise<Trajectory[]> => {
  const file = await asyncBufferFromFile(`${dataFolder}/prm800k/phase1_test.stepwise-critic.parquet`);
  const rows = (await parquetReadObjects({ file, compressors })) as unknown as Row[];
  const place = ({ instruction, responses, next_response }: Row) =>
    JSON.stringify([instruction, responses, next_response]);
  const ratings = new Map(rows.map((row) => [place(row), row.rating]));
  const found: Trajectory[] = [];
  for (const row of rows) {
    const { instruction, responses } = row;
    const steps = [...responses, row.next_response].map((step) => step.trim());
    const whole = steps.every((step) => step !== '' && !/\n\s*\n/.test(step)) && new Set(steps).size === steps.length;
    if (Number(row.rating ?? 1) !== -1 || steps.length < 3 || !whole) continue;
    const before = responses.map((next_response, index) =>
      ratings.get(place({ instruction, responses: responses.slice(0, index), next_response, rating: null })),
    );
    if (before.some((rating) => rating === undefined)) continue;
    const values = [...before, row.rating].map((rating) => labelValue(rating ?? null));
    found.push({ statement: instruction, steps, values });
  }
  // Spread over the file, not the first problems only.
  return found.filter((_, index) => index % Math.floor(found.length / count) === 0).slice(0, count);
};
