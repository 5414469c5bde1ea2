import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { UsageError } from '../../../cli/config/error.ts';
import { override } from '../../../cli/config/override.ts';

const settled = (set: string): unknown => {
  const document = parseDocument('student: { temperature: 0 }\n');
  override(document, set);
  return document.toJS().student;
};

describe('--set', () => {
  it.each([
    ['student.temperature=0.5', { temperature: 0.5 }],
    ['student.extraBody={top_k: 20}', { temperature: 0, extraBody: { top_k: 20 } }],
    ['student.prompt={maths: "{statement}?"}', { temperature: 0, prompt: { maths: '{statement}?' } }],
  ])('%s', (set, wanted) => {
    expect(settled(set)).toEqual(wanted);
  });

  it.each([
    '{statement}',
    '{statement} Answer: in a box.',
    '{statement}: answer in a box',
    '{statement}\nAnswer: in a box.',
    '{"question": "{statement}"}',
    '[{statement}',
    'Solve: {statement}',
    '# {statement}',
    '*{statement}',
    '2024 {statement}',
  ])('takes a prompt as it stands: %s', (prompt) => {
    expect(settled(`student.prompt.maths=${prompt}`)).toEqual({ temperature: 0, prompt: { maths: prompt } });
    expect(settled(`student.system=${prompt}`)).toEqual({ temperature: 0, system: prompt });
  });

  it('takes the quotes of YAML off a text, and leaves nothing for nothing', () => {
    expect(settled('student.system="a: b"')).toEqual({ temperature: 0, system: 'a: b' });
    expect(settled('student.system=')).toEqual({ temperature: 0, system: null });
  });

  it.each(['{statement}', '{statement} In a box.', 'Solve: {statement}', 'secret'])(
    'says that prompts have names, without the value: %s',
    (prompt) => {
      const said = '--set student.prompt: holds texts by name: --set student.prompt.NAME=…';
      expect(() => settled(`student.prompt=${prompt}`)).toThrow(new UsageError(said));
    },
  );

  it('refuses what is neither a value nor a prompt', () => {
    expect(() => settled('student.temperature=[1')).toThrow('--set student.temperature: the value is not valid YAML');
  });
});
