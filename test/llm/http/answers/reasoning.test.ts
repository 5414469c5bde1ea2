import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitReasoning } from '../../../../llm/http/answers/reasoning.ts';

const file = `${process.env.SLUICE_DATA ?? '../shared/data'}/traces/thought_anchors.r1_distill.jsonl`;
const haveData = existsSync(file);

interface Trace {
  readonly solution: string;
  readonly answer: string;
}

const traces = (): Trace[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** What stands in the last box, by counting braces. */
const lastBox = (text: string): string => {
  const start = text.lastIndexOf('\\boxed{') + '\\boxed{'.length;
  let depth = 1;
  let end = start;
  for (; depth > 0; end++) depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
  return text.slice(start, end - 1);
};

const holdsNoTag = (text: string) => expect(text).not.toMatch(/<\/?think>/);

describe.skipIf(!haveData)('recorded traces of R1 distillations', () => {
  it('are 40, none of which opens its thinking', () => {
    expect(traces()).toHaveLength(40);
    for (const { solution } of traces()) expect(solution).not.toContain('<think>');
  });

  it('part at the closing tag, and the answer holds the box', () => {
    for (const { solution, answer: boxed } of traces()) {
      const { reasoning, answer } = splitReasoning({ content: solution });
      const [before, after] = solution.split('</think>') as [string, string];
      expect(reasoning).toBe(before.trim());
      expect(answer).toBe(after.trim());
      expect(reasoning).not.toBe('');
      holdsNoTag(reasoning + answer);
      expect(lastBox(answer)).toBe(boxed);
    }
  });

  it('part alike with the tag opened once, opened twice, and in either field of the API', () => {
    for (const { solution } of traces()) {
      const [before, after] = solution.split('</think>') as [string, string];
      const parts = { reasoning: before.trim(), answer: after.trim() };
      expect(splitReasoning({ content: `<think>\n${solution}` })).toEqual(parts);
      expect(splitReasoning({ content: `<think>\n<think>\n${solution}` })).toEqual(parts);
      expect(splitReasoning({ content: after, beside: before })).toEqual(parts);
    }
  });

  it('are all thinking when they were cut before the closing tag', () => {
    for (const { solution } of traces()) {
      const [before] = solution.split('</think>') as [string];
      expect(splitReasoning({ content: `<think>${before}` })).toEqual({ reasoning: before.trim(), answer: '' });
    }
  });
});

describe('a message', () => {
  it('without any thinking is all answer', () => {
    expect(splitReasoning({ content: '42 ' })).toEqual({ reasoning: '', answer: '42' });
  });

  it('keeps the indentation of a program that goes on where the prompt ended', () => {
    const body = '    for one in all:\n        yield one';
    expect(splitReasoning({ content: `\n\n${body}\n` }).answer).toBe(body);
    expect(splitReasoning({ content: `<think>short</think>\n${body}` }).answer).toBe(body);
  });

  it('may begin with millions of blank lines', () => {
    expect(splitReasoning({ content: `${' \n'.repeat(2 ** 22)}  return 1\n` }).answer).toBe('  return 1');
  });

  it('that thinks twice has its answer after the last thought', () => {
    expect(splitReasoning({ content: '<think>a</think>b<think>c</think>d' })).toEqual({
      reasoning: 'a b c',
      answer: 'd',
    });
  });

  it('in which one tag hides another holds none afterwards', () => {
    const { reasoning } = splitReasoning({ content: '<think>x <thi<think>nk> </thi</think>nk> y</think>z' });
    holdsNoTag(reasoning);
  });

  it('holds no tag in either part, whatever it is made of', () => {
    const piece = fc.constantFrom('<think>', '</think>', '<thi', 'nk>', '</', '<', '\n', 'a', ' ');
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (content, beside) => {
        const { reasoning, answer } = splitReasoning({ content, beside });
        holdsNoTag(reasoning);
        holdsNoTag(answer);
      }),
    );
  });
});

describe('a result between the tokens of GLM', () => {
  it.each([
    ['The answer is <|begin_of_box|>18<|end_of_box|>.', 'The answer is \\boxed{18}.'],
    ['So <|begin_of_box|>\\boxed{18}<|end_of_box|>', 'So \\boxed{18}'],
    ['So <｜begin_of_box｜>(3, 4)<｜end_of_box｜>', 'So \\boxed{(3, 4)}'],
    ['<|begin_of_box|>So <|begin_of_box|>18<|end_of_box|>', '<|begin_of_box|>So \\boxed{18}'],
  ])('%s', (content, answer) => {
    expect(splitReasoning({ content: `<think>hm</think>${content}` })).toEqual({ reasoning: 'hm', answer });
  });
});
