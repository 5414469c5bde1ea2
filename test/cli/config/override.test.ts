import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
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
    ['student.prompt={statement}', { temperature: 0, prompt: '{statement}' }],
    ['student.prompt={statement}\nAnswer: in a box.', { temperature: 0, prompt: '{statement}\nAnswer: in a box.' }],
    ['student.prompt=Solve: x', { temperature: 0, prompt: { Solve: 'x' } }],
  ])('%s', (set, wanted) => {
    expect(settled(set)).toEqual(wanted);
  });

  it('refuses what is neither a value nor a prompt', () => {
    expect(() => settled('student.temperature=[1')).toThrow('--set student.temperature: the value is not valid YAML');
  });
});
