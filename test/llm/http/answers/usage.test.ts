import { describe, expect, it } from 'vitest';
import { usageOf, usageSchema } from '../../../../llm/http/answers/usage.ts';

const long = 'We count on and see that two and two make four. '.repeat(80);
const about = Math.ceil(long.length / 3);

describe('the tokens that a call is paid for', () => {
  it.each([
    ['as they are said', { prompt_tokens: 20, completion_tokens: 900, total_tokens: 920 }, 20, 900],
    [
      'with the thinking that is in the total alone',
      { prompt_tokens: 20, completion_tokens: 10, total_tokens: 1020 },
      20,
      1000,
    ],
    ['from the total, where the parts are missing', { prompt_tokens: 20, total_tokens: 1020 }, 20, 1000],
    [
      'with a thinking that was counted beside',
      { prompt_tokens: 20, completion_tokens: 300, completion_tokens_details: { reasoning_tokens: 700 } },
      20,
      1000,
    ],
    [
      'with the thinking once, where it is part of the whole',
      { prompt_tokens: 20, completion_tokens: 900, completion_tokens_details: { reasoning_tokens: 700 } },
      20,
      900,
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
  ])('%s', (_name, said, promptTokens, completionTokens) => {
    expect(usageOf(usageSchema.parse(said), 'Question', long)).toEqual({ promptTokens, completionTokens });
  });
});
