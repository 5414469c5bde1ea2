import { describe, expect, it } from 'vitest';
import { saidIn, usageOf } from '../../../../llm/http/answers/usage.ts';
import { costOf } from '../../../../llm/money/prices.ts';

const long = 'We count on and see that two and two make four. '.repeat(80);
const about = Math.ceil(long.length / 3);

describe('prompt tokens that an endpoint had kept', () => {
  it.each([
    ['OpenAI', { prompt_tokens: 1000, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 800 } }],
    ['DeepSeek', { prompt_tokens: 1000, completion_tokens: 10, prompt_cache_hit_tokens: 800 }],
  ])('are read as %s says it, and have a price of their own', (_server, said) => {
    const usage = usageOf(saidIn(said), 'Question', 'x');
    expect(usage).toEqual({ promptTokens: 1000, completionTokens: 10, cachedTokens: 800 });
    expect(costOf({ input: 1, output: 2 }, usage).cost).toBeCloseTo(1020e-6, 12);
    expect(costOf({ input: 1, output: 2, cached: 0.1 }, usage)).toEqual({ tokens: 1010, cost: 300e-6 });
  });

  it('are never more than the prompt', () => {
    const said = { prompt_tokens: 10, completion_tokens: 1, prompt_cache_hit_tokens: 800 };
    expect(usageOf(saidIn(said), 'Question', 'x').cachedTokens).toBe(10);
  });
});

describe('the tokens that a call is paid for', () => {
  it.each([
    ['what was set aside, for a short answer', 'x', 300],
    ['the bytes of the answer, where they are more', long, long.length],
  ])('are at most %s', (_name, made, completionTokens) => {
    const said = saidIn({ prompt_tokens: 9e15, completion_tokens: 9e15 });
    const most = { promptTokens: 80, completionTokens: 300 };
    expect(usageOf(said, 'Question', made, most)).toEqual({ promptTokens: 80, completionTokens });
  });

  it.each([
    ['as they are said', { prompt_tokens: 20, completion_tokens: 900, total_tokens: 920 }, 20, 900],
    [
      'with the thinking that is in the total alone',
      { prompt_tokens: 20, completion_tokens: 10, total_tokens: 1020 },
      20,
      1000,
    ],
    ['by the names of other APIs', { input_tokens: 20, output_tokens: 1000 }, 20, 1000],
    ['from texts', { prompt_tokens: '20', completion_tokens: '1000' }, 20, 1000],
    [
      'with a thinking that is counted beside, at the top',
      { prompt_tokens: 20, completion_tokens: 10, reasoning_tokens: 990 },
      20,
      1000,
      990,
    ],
    ['from the total, where the parts are missing', { prompt_tokens: 20, total_tokens: 1020 }, 20, 1000],
    [
      'with a thinking that was counted beside',
      { prompt_tokens: 20, completion_tokens: 300, completion_tokens_details: { reasoning_tokens: 700 } },
      20,
      1000,
      700,
    ],
    [
      'with the thinking once, where it is part of the whole',
      { prompt_tokens: 20, completion_tokens: 900, completion_tokens_details: { reasoning_tokens: 700 } },
      20,
      900,
      700,
    ],
    ['by the text, where a long answer counts nothing', { prompt_tokens: 20, completion_tokens: 0 }, 20, about],
    [
      'by the text, where the count could not hold it',
      { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 },
      20,
      about,
    ],
    ['by the texts, where the count is nonsense', { prompt_tokens: -1, completion_tokens: 'x' }, 3, about],
    ['by the texts, where there is none', null, 3, about],
  ])('%s', (_name, said, promptTokens, completionTokens, reasoningTokens?: number) => {
    expect(usageOf(saidIn(said), 'Question', long)).toEqual({
      promptTokens,
      completionTokens,
      ...(reasoningTokens && { reasoningTokens }),
    });
  });
});
