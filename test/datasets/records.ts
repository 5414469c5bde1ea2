import type { Cot, Levelled, Problem, Rejected, Scored } from '../../schemas/types.ts';

/** Hand-made records with nothing left to chance; a test changes only what it is about. */
export const problem = (changes: Partial<Problem> = {}): Problem => ({
  id: '00112233445566778899aabbccddeeff',
  statement: 'What is 6 times 7?',
  domain: 'maths',
  answer: '42',
  choices: [],
  language: null,
  prompt: null,
  tests: null,
  source: { dataset: 'made', file: 'made.jsonl', row: 17, id: null, level: null, subject: null, licence: 'MIT' },
  solution: null,
  contamination: null,
  meta: null,
  ...changes,
});

export const cot = (changes: Partial<Cot> = {}): Cot => ({
  problem: problem(),
  level: 'level_3',
  score: 0.5,
  student: 'student-a',
  teacher: 'teacher-b',
  admission: 4,
  prompt: 'What is 6 times 7?\nPut the answer in a box.',
  reasoning: 'Six sevens are forty-two.',
  answer: 'It is \\boxed{42}.',
  extracted: '42',
  attempts: [
    {
      sample: 0,
      reasoning: 'Six sevens are forty.',
      answer: '\\boxed{40}',
      outcome: 'unverified',
      reason: '40 is not 42',
      promptTokens: 20,
      completionTokens: 11,
    },
    {
      sample: 1,
      reasoning: '',
      answer: '',
      outcome: 'verified',
      reason: 'equal as rationals',
      promptTokens: 20,
      completionTokens: 12,
    },
  ],
  simulated: false,
  ...changes,
});

export const rejected = (changes: Partial<Rejected> = {}): Rejected => ({
  problem: problem(),
  level: 'level_1',
  score: 0.1,
  student: 'student-a',
  teacher: 'teacher-b',
  admission: 5,
  prompt: 'What is 6 times 7?',
  reason: 'unverified',
  attempts: [{ ...cot().attempts[0]! }],
  simulated: false,
  ...changes,
});

export const scored = (changes: Partial<Scored> = {}): Scored => ({
  graded: {
    problem: problem(),
    student: 'student-a',
    verdict: 'wrong',
    attempts: [
      {
        sample: 0,
        reasoning: '',
        answer: 'Six sevens: add six seven times.\n\nThat makes 36.\n\nThe answer is 36.',
        finish: 'stop',
        verdict: 'wrong',
        reason: '36 is not 42',
        extracted: '36',
        passedShare: null,
        promptTokens: 20,
        completionTokens: 30,
      },
    ],
    simulated: false,
  },
  scores: [{ sample: 0, steps: [0.9, 0.2, 0.1], score: 0.4 }],
  score: 0.4,
  ...changes,
});

export const levelled = (changes: Partial<Levelled> = {}): Levelled => ({
  scored: scored(),
  level: 'level_4',
  passRate: 0,
  ...changes,
});
