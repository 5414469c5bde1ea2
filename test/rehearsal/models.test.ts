import { describe, expect, it } from 'vitest';
import { answerLine, rehearsalProblem } from '../../rehearsal/exercises/problems.ts';
import { withMistake } from '../../rehearsal/models/mistake.ts';
import { stepRewards } from '../../rehearsal/models/reward.ts';
import { studentAnswer } from '../../rehearsal/models/student.ts';
import { teacherAnswer } from '../../rehearsal/models/teacher.ts';

const problems = Array.from({ length: 1000 }, (_none, index) => rehearsalProblem(1, index));
const asked = (problem: (typeof problems)[number], sample = 0) => ({ model: 'm', problem, sample });
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (ability: number, which: (difficulty: number) => boolean) => {
  const some = problems.filter(({ difficulty }) => which(difficulty));
  return mean(some.map((one) => Number(studentAnswer(asked(one), 1, ability).endsWith(answerLine(one.answer)))));
};

describe('a rehearsal student', () => {
  it('is right more often the easier the problem and the abler it is', () => {
    expect(share(0.5, (difficulty) => difficulty < 0.35)).toBeGreaterThan(
      share(0.5, (difficulty) => difficulty > 0.65) + 0.4,
    );
    expect(share(0.7, () => true)).toBeGreaterThan(share(0.4, () => true) + 0.15);
  });

  it('gives the same answer to the same question, and others to other samples', () => {
    const hard = problems.find(({ difficulty }) => difficulty === 0.6)!;
    expect(studentAnswer(asked(hard), 1, 0.5)).toBe(studentAnswer(asked(hard), 1, 0.5));
    const answers = Array.from({ length: 20 }, (_none, sample) => studentAnswer(asked(hard, sample), 1, 0.5));
    expect(new Set(answers).size).toBeGreaterThan(1);
  });

  it('writes several steps, right until its mistake and wrong at the end', () => {
    for (const problem of problems) {
      const lines = studentAnswer(asked(problem), 1, 0).split('\n\n');
      if (lines.at(-1) === answerLine(problem.answer)) continue;
      expect(lines).toHaveLength(problem.steps.length + 1);
      const right = [...problem.steps, answerLine(problem.answer)].map((line, index) => line === lines[index]);
      expect(right.lastIndexOf(true)).toBeLessThan(right.indexOf(false));
    }
  });
});

describe('a mistake', () => {
  it.each([
    ['x = 12', 1, 'x = 13'],
    ['1 + 1 = 2.', -2, '1 + 1 = 4.'],
    ['0 apples', -1, '1 apples'],
    ['so it is', 1, 'so it is (1)'],
  ])('changes %s by %i to %s', (text, shift, expected) => {
    expect(withMistake(text, shift)).toBe(expected);
  });
});

describe('rehearsal step rewards', () => {
  const wrongAt = (error: number) =>
    problems.slice(0, 200).map((problem) => {
      const lines = [...problem.steps, answerLine(problem.answer)];
      const steps = lines.map((line, index) => (index < error ? line : withMistake(line, 1)));
      return { rewards: stepRewards(problem, steps, 1), length: steps.length };
    });

  it('are high up to the mistake and low from there, each in [0, 1]', () => {
    for (const { rewards } of wrongAt(2)) {
      expect(Math.min(...rewards.slice(0, 2))).toBeGreaterThan(Math.max(...rewards.slice(2)));
      expect(rewards.every((reward) => reward >= 0 && reward <= 1)).toBe(true);
    }
  });

  it('are the lower the earlier the mistake', () => {
    const means = [0, 1, 2, 3].map((error) => mean(wrongAt(error).map(({ rewards }) => mean(rewards))));
    expect(means).toEqual([...means].sort((left, right) => left - right));
  });

  it('are high throughout for a right solution', () => {
    const problem = problems[0]!;
    const rewards = stepRewards(problem, [...problem.steps, answerLine(problem.answer)], 1);
    expect(Math.min(...rewards)).toBeGreaterThan(0.8);
  });
});

describe('a rehearsal teacher', () => {
  const failures = (failureRate: number, hopelessRate: number, sample: number) =>
    problems.filter((one) => {
      const { answer } = teacherAnswer(asked(one, sample), 1, { failureRate, hopelessRate });
      return !answer.endsWith(answerLine(one.answer));
    });

  it('shows its thinking and boxes its answer', () => {
    const { reasoning, answer } = teacherAnswer(asked(problems[0]!), 1, { failureRate: 0, hopelessRate: 0 });
    expect(reasoning).toContain(problems[0]!.steps[0]);
    expect(answer).toContain('\\boxed{');
    expect(failures(0, 0, 0)).toEqual([]);
  });

  it('fails as often as it is told, and mostly on what is hard', () => {
    const failed = failures(0.2, 0, 0);
    expect(failed.length / problems.length).toBeGreaterThan(0.1);
    expect(failed.length / problems.length).toBeLessThan(0.3);
    expect(mean(failed.map(({ difficulty }) => difficulty))).toBeGreaterThan(
      mean(problems.map(({ difficulty }) => difficulty)),
    );
    expect(failures(0.2, 0, 1)).not.toEqual(failed);
  });

  it('fails some problems whatever the sample', () => {
    expect(failures(0, 0.05, 0)).toEqual(failures(0, 0.05, 1));
    expect(failures(0, 0.05, 0).length).toBeGreaterThan(20);
    expect(failures(0, 0.05, 0).length).toBeLessThan(90);
  });
});
