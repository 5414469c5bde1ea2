import type { Trajectories } from '../../datasets/out/format/products.ts';
import type { Cot, Grade, Graded, Levelled, Problem, Rejected, Scored } from '../../schemas/types.ts';

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
  label: null,
  contamination: null,
  meta: null,
  ...changes,
});

const grade: Grade = {
  student: 'student-a',
  verdict: 'wrong',
  attempts: 1,
  right: 0,
  truncated: 0,
  empty: 0,
  promptTokens: 20,
  completionTokens: 30,
};

export const cot = (changes: Partial<Cot> = {}): Cot => ({
  problem: problem(),
  grade,
  level: 'level_3',
  score: 0.5,
  teacher: 'teacher-b',
  admission: 4,
  messages: [{ role: 'user', content: 'What is 6 times 7?\nPut the answer in a box.' }],
  studentMessages: [],
  reasoning: 'Six sevens are forty-two.',
  answer: 'It is \\boxed{42}.',
  extracted: '42',
  found: 'boxed',
  sample: 1,
  others: [],
  attempts: [
    {
      teacher: 'teacher-b',
      sample: 0,
      reasoning: 'Six sevens are forty.',
      answer: '\\boxed{40}',
      outcome: 'unverified',
      reason: '40 is not 42',
      extracted: '40',
      promptTokens: 20,
      completionTokens: 11,
    },
    {
      teacher: 'teacher-b',
      sample: 1,
      reasoning: '',
      answer: '',
      outcome: 'verified',
      reason: 'equal as rationals',
      extracted: '42',
      promptTokens: 20,
      completionTokens: 12,
    },
  ],
  simulated: false,
  ...changes,
});

export const rejected = (changes: Partial<Rejected> = {}): Rejected => ({
  problem: problem(),
  grade,
  level: 'level_1',
  score: 0.1,
  teacher: 'teacher-b',
  admission: 5,
  messages: [{ role: 'user', content: 'What is 6 times 7?' }],
  studentMessages: [],
  reason: 'unverified',
  attempts: [{ ...cot().attempts[0]! }],
  simulated: false,
  ...changes,
});

export const graded = (changes: Partial<Graded> = {}): Graded => ({
  problem: problem(),
  grade,
  messages: [{ role: 'user', content: 'What is 6 times 7? Box it.' }],
  attempts: [
    {
      sample: 0,
      reasoning: '',
      answer: 'Six sevens: add six seven times.\n\nThat makes 36.\n\nThe answer is 36.',
      finish: 'stop',
      verdict: 'wrong',
      reason: '36 is not 42',
      extracted: '36',
      found: 'cue',
      passedShare: null,
      promptTokens: 20,
      completionTokens: 30,
    },
  ],
  simulated: false,
  ...changes,
});

export const scored = (changes: Partial<Scored> = {}): Scored => ({
  problem: problem(),
  grade,
  scores: [
    {
      sample: 0,
      steps: [
        { start: 0, end: 32, score: 0.9 },
        { start: 34, end: 48, score: 0.2 },
        { start: 50, end: 67, score: 0.1 },
      ],
      score: 0.4,
    },
  ],
  score: 0.4,
  simulated: false,
  ...changes,
});

export const trajectories = (changes: Partial<Trajectories> = {}): Trajectories => ({
  graded: graded(),
  scored: scored(),
  ...changes,
});

export const levelled = (changes: Partial<Levelled> = {}): Levelled => ({
  problem: problem(),
  grade,
  score: 0.4,
  level: 'level_4',
  simulated: false,
  ...changes,
});
