import { families } from './families.ts';
import { draws } from './random.ts';

export interface RehearsalProblem {
  /** `Exercise seed.index.` and the text: unique, and found again in any prompt by its number. */
  readonly statement: string;
  readonly answer: string;
  readonly steps: readonly string[];
  /** In [0, 1]. */
  readonly difficulty: number;
  readonly family: string;
}

/** A row in the form of the `generic` preset. */
export interface RehearsalRow {
  readonly id: string;
  readonly statement: string;
  readonly domain: 'maths';
  readonly answer: string;
  readonly source: 'rehearsal';
  readonly licence: 'CC0-1.0';
  readonly meta: { readonly family: string; readonly difficulty: number };
}

/** The problem with this seed and index: the same on every machine. */
export const rehearsalProblem = (seed: number, index: number): RehearsalProblem => {
  const draw = draws('problem', seed, index);
  const family = families[draw.whole(0, families.length - 1)]!;
  const { text, answer, steps } = family.sketch(draw);
  const statement = `Exercise ${seed}.${index}. ${text}`;
  return { statement, answer, steps, difficulty: family.difficulty, family: family.name };
};

/** The line that states an answer, as the maths verifiers of the field look for it. */
export const answerLine = (answer: string): string => `The answer is \\boxed{${answer}}.`;

/** The first `count` problems of a seed, as rows for a JSONL file. */
export function* rehearsalProblems({ seed, count }: { seed: number; count: number }): Generator<RehearsalRow> {
  for (let index = 0; index < count; index++) {
    const { statement, answer, family, difficulty } = rehearsalProblem(seed, index);
    const meta = { family, difficulty };
    yield { id: `${seed}.${index}`, statement, domain: 'maths', answer, source: 'rehearsal', licence: 'CC0-1.0', meta };
  }
}

/** The number of the exercise that a prompt is about, wherever it stands in it; the last one, if there are several. */
export const exerciseIn = (prompt: string): { seed: number; index: number } | null => {
  let found: { seed: number; index: number } | null = null;
  for (const [, seed, index] of prompt.matchAll(/Exercise (\d{1,9})\.(\d{1,9})\./g)) {
    found = { seed: Number(seed), index: Number(index) };
  }
  return found;
};
