import { describe, expect, it } from 'vitest';
import { cotLine, rejectedLine } from '../../../../datasets/out/exporters/canonical.ts';
import { cot, problem, rejected } from '../../records.ts';

describe('cotLine', () => {
  it('is the documented line, field by field and in order', () => {
    expect(JSON.stringify(cotLine(cot(), 'run-1'))).toBe(
      JSON.stringify({
        id: '00112233445566778899aabbccddeeff',
        messages: [
          { role: 'user', content: 'What is 6 times 7?\nPut the answer in a box.' },
          { role: 'assistant', content: '<think>\nSix sevens are forty-two.\n</think>\n\nIt is \\boxed{42}.' },
        ],
        problem: 'What is 6 times 7?',
        reference: '42',
        domain: 'maths',
        level: 'level_3',
        hardness: 3,
        reasoning: 'Six sevens are forty-two.',
        answer: 'It is \\boxed{42}.',
        student: 'student-a',
        teacher: 'teacher-b',
        source: { dataset: 'made', row: 17 },
        run: 'run-1',
      }),
    );
  });

  it('says "simulated" only of what rehearsal models made', () => {
    expect(cotLine(cot(), 'r')).not.toHaveProperty('simulated');
    expect(cotLine(cot({ simulated: true }), 'r')).toHaveProperty('simulated', true);
  });

  it('refers to the tests of a code problem', () => {
    const code = problem({ domain: 'code', answer: null, language: 'python', tests: '{"kind":"asserts"}' });
    expect(cotLine(cot({ problem: code }), 'r').reference).toBe('{"kind":"asserts"}');
  });

  it('writes the tags on lines of their own, whatever white space the model put around', () => {
    const line = cotLine(cot({ reasoning: '\n\nthought \n', answer: '\n answer\n' }), 'r');
    expect(line.messages[1]!.content).toBe('<think>\nthought\n</think>\n\nanswer');
    expect(line.reasoning).toBe('\n\nthought \n');
  });
});

describe('rejectedLine', () => {
  it('has the same head, the reason and every attempt, and no assistant turn', () => {
    const line = rejectedLine(rejected(), 'run-1');
    expect(line).toMatchObject({
      id: problem().id,
      reference: '42',
      level: 'level_1',
      hardness: 5,
      reason: 'unverified',
    });
    expect(line.messages.map((message) => message.role)).toEqual(['user']);
    expect(line.attempts).toEqual(rejected().attempts);
  });
});
