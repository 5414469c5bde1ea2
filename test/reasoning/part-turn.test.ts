import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECTS, TURN_ENDS } from '../../reasoning/dialects.ts';
import { partTurn } from '../../reasoning/part-turn.ts';

const whole = (text: string) => {
  const { reasoning, answer, cut } = partTurn(text);
  return [reasoning, answer.trim(), cut];
};

describe.each(DIALECTS.filter(({ opens }) => opens.length > 0))('the dialect of $models', ({ opens, closes }) => {
  const [open, close] = [opens[0]!, closes[0]!];
  const message = open.startsWith('<|channel|>') ? '<|message|>' : '';

  it('parts thinking from answer, opened once, twice, in capitals or not at all', () => {
    for (const before of [`${open}${message}`, `${open}${message}\n${open}${message}`, open.toUpperCase(), ''])
      expect(whole(`${before} maybe 17 ${close}${message}It is 18.`)).toEqual(['maybe 17', 'It is 18.', false]);
  });

  it('was cut where thinking is never closed', () => {
    expect(whole(`${open} maybe 17, so`)).toEqual(['maybe 17, so', '', true]);
    expect(whole(`${open} one ${close} two ${open} three`)).toEqual(['one   two   three', '', true]);
  });
});

describe('a turn', () => {
  it.each(TURN_ENDS)('ends at %s', (mark) => {
    expect(whole(`It is 18.${mark}user And 6*9? It is 54.`)).toEqual(['', 'It is 18.', false]);
    expect(whole(`It is 18.${mark}`)).toEqual(['', 'It is 18.', false]);
  });

  it('of harmony has its answer on the final channel', () => {
    const thought = '<|channel|>analysis<|message|>Maybe 17.<|end|>';
    expect(whole(`${thought}<|start|>assistant<|channel|>final<|message|>18<|return|>`)).toEqual([
      'Maybe 17.',
      '18',
      false,
    ]);
    expect(whole(`${thought}<|start|>assistant<|channel|>final <|constrain|>json<|message|>{"a":18}`)[1]).toBe(
      '{"a":18}',
    );
    expect(whole(`${thought}<|start|>assistant<|channel|>commentary<|message|>Then`)).toEqual([
      expect.stringContaining('Maybe 17.'),
      '',
      true,
    ]);
    expect(whole('analysisWe need 18.assistantfinalIt is 18.')).toEqual(['We need 18.', 'It is 18.', false]);
    expect(whole('analysisWe need 18, so')).toEqual(['We need 18, so', '', true]);
    expect(whole('analysis of the case: 18')).toEqual(['', 'analysis of the case: 18', false]);
  });

  it('of Granite announces its parts in words', () => {
    expect(whole("Here's my thought process:\nMaybe 17.\nHere's my response:\nIt is 18.")[1]).toBe('It is 18.');
    expect(whole('<think>17?</think>\n<response>It is 18.</response>')).toEqual(['17?', 'It is 18.', false]);
  });

  it('of Apriel too, and marks the end of its answer', () => {
    expect(
      whole('Here are my reasoning steps:\nMaybe 17.\n[BEGIN FINAL RESPONSE]\nIt is 18.\n[END FINAL RESPONSE]\n'),
    ).toEqual(['Maybe 17.', 'It is 18.', false]);
    expect(whole('Maybe 17.\n[BEGIN FINAL RESPONSE]\nIt is 18.')).toEqual(['Maybe 17.', 'It is 18.', false]);
  });

  it('may have its thinking folded away', () => {
    const head = '<details type="reasoning" done="true" duration="5">\n<summary>Thought for 5 seconds</summary>';
    expect(whole(`${head}\n17?\n</details>\nIt is 18.`)).toEqual(['17?', 'It is 18.', false]);
    expect(whole('It is 18. <details>More</details>')[0]).toBe('');
  });

  it('may say more of itself in its tag', () => {
    expect(whole('<think time="3">\n17?\n</think>\nIt is 18.')).toEqual(['17?', 'It is 18.', false]);
    expect(whole('<think time="3">\n17?')).toEqual(['17?', '', true]);
  });

  it('may name a tag without thinking in it', () => {
    expect(whole('Write `<think>` first.')[2]).toBe(false);
  });

  it('loses an unknown special token at its very end, and no box of GLM', () => {
    expect(whole('It is 18.<|fin|>')[1]).toBe('It is 18.');
    expect(whole('<|begin_of_box|>18<|end_of_box|>')[1]).toBe('<|begin_of_box|>18<|end_of_box|>');
  });

  it('holds no mark in either part, whatever it is made of', () => {
    const marks = [...TURN_ENDS, ...DIALECTS.flatMap(({ opens, closes }) => [...opens, ...closes])];
    const frames = [
      '<|start|>',
      '<|start|>assistant',
      '<|message|>',
      '<response>',
      'analysisA',
      'assistantfinal',
      '<|fin|>',
    ];
    const piece = fc.constantFrom(...marks, ...frames, '<thi', 'nk>', '<|', '|>', '</', '<', '\n', 'a', ' ');
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (turn) => {
        const { reasoning, answer } = partTurn(turn);
        for (const mark of marks) expect(`${reasoning}\n${answer}`.toLowerCase()).not.toContain(mark.toLowerCase());
      }),
      { numRuns: 500 },
    );
  });

  it('of a million characters is parted: every mark, again and again', () => {
    for (const mark of [...TURN_ENDS, '<think>', '</think>', '<', '[', '<|', ' ', '<response>', '\n'])
      expect(partTurn(mark.repeat(1_000_000 / mark.length)).cut).toBe(mark === '<think>');
  });

  it('that may end at each of many marks behind many blanks looks for its first word once', () => {
    const ends = '<|end|><|start|>'.repeat(30_000);
    expect(partTurn(`${' '.repeat(500_000)}18${ends}`).answer.trim()).toBe('18');
    expect(partTurn(`</think>${' '.repeat(500_000)}${ends}`).answer.trim()).toBe('');
  });
});
