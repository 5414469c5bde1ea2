import { type Place, place } from '../sluice.ts';

/** The problems of a recorded place. */
export const statementsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, number) => `What is number ${number}?`);

/**
 * A run over Kafka, called `run`, whose models are recorded and not asked: each problem has one answer that is wrong and
 * then what `second` says, which is right unless given. It is full when every problem is emitted.
 */
export const recordedPlace = (count: number, transport: object, second = (number: number) => `${number}`): Place => {
  const recorded = { kind: 'recorded', path: 'answers.jsonl' };
  const there = place({
    run: 'run',
    problems: [{ path: 'problems.jsonl' }],
    student: { ...recorded, model: 'student', attempts: 2 },
    levels: { by: 'pass-rate' },
    target: { records: count, distribution: 'natural' },
    teacher: { ...recorded, model: 'teacher' },
    transport: { kind: 'kafka', ...transport },
  });
  const statements = statementsOf(count);
  there.write(
    'problems.jsonl',
    statements.map((statement, number) => ({ statement, answer: `${number}` })),
  );
  there.write(
    'answers.jsonl',
    statements.map((statement, number) => ({
      statement,
      response: ['Hm.</think>\\boxed{x}', `So.</think>\\boxed{${second(number)}}`],
    })),
  );
  return there;
};
