import { describe, expect, it } from 'vitest';
import { fitness, type KeepSettings } from '../../../../flow/quality/trace/fitness.ts';
import { dataRows, haveData } from '../../../helpers/real-data.ts';

const reply = (reasoning: string, completionTokens = 100) => ({
  reasoning,
  answer: 'So it is \\boxed{42}.',
  finish: 'stop' as const,
  usage: { promptTokens: 10, completionTokens },
  journaled: false,
  simulated: false,
});
const why = (keep: KeepSettings, text: string, tokens?: number) =>
  fitness({ keep, reasoning: 'optional' })(reply(text, tokens));

describe('a verified answer is not kept where', () => {
  it.each<[string, KeepSettings, string, number, RegExp]>([
    ['it is too short', { tokens: { min: 200 } }, 'Six sevens.', 100, /^100 tokens, at least 200/],
    ['it is too long', { tokens: { max: 50 } }, 'Six sevens.', 100, /^100 tokens, at most 50/],
    ['it holds what it must not', { without: ['As an AI'] }, 'Well, as an ai I think.', 100, /holds "As an AI"/],
    [
      'it goes round in circles',
      { maxRepeat: 0.3 },
      'Wait, let me check that again: the sum of all the terms is what we had before, and so on we go. '.repeat(20),
      100,
      /repeats what came before/,
    ],
    [
      'it is written in another language',
      { languages: ['en'] },
      '让我们一步一步地思考这个问题。首先，我们需要计算每个部分的数量，然后把它们加起来，得到最后的结果。'.repeat(6),
      100,
      /written in zh/,
    ],
  ])('%s', async (_what, keep, text, tokens, reason) => {
    expect(await why(keep, text, tokens)).toMatch(reason);
  });

  it('it shows no reasoning and that is required', async () => {
    expect(await fitness({ keep: {}, reasoning: 'required' })(reply(' '))).toBe('no reasoning');
    expect(await fitness({ keep: {}, reasoning: 'optional' })(reply(' '))).toBeNull();
  });
});

const real = (): string[] => [
  ...dataRows<{ solution: string }>('traces/thought_anchors.r1_distill.jsonl').map(({ solution }) => solution),
  ...dataRows<{ code: string[] }>('math_cot_100/math_cot_100.jsonl').flatMap(({ code }) => code),
];

describe.runIf(haveData)('on recorded traces', () => {
  const keep: KeepSettings = { languages: ['en'], maxRepeat: 0.3 };

  it('nothing is refused for its language or for going round in circles', async () => {
    const traces = real();
    const refused = await Promise.all(traces.map((text) => why(keep, text)));
    expect(traces).toHaveLength(840);
    expect(refused.filter((one) => one !== null)).toEqual([]);
  });

  it('planted loops and planted pages in another language are all found', async () => {
    const loop = 'Wait, let me check that again. So the sum of the terms is what we want, and then we go back. ';
    const pages = {
      zh: '让我们一步一步地思考这个问题。首先，我们需要计算每个部分的数量，然后把它们加起来。',
      de: 'Wir rechnen Schritt für Schritt und bestimmen zuerst, wie viele Kugeln in der Schachtel liegen. ',
      es: 'Vamos a pensar paso a paso y primero calculamos cuántas partes hay en cada una de las cajas. ',
      ru: 'Давайте подумаем шаг за шагом и сначала посчитаем, сколько частей находится в каждой коробке. ',
    };
    const traces = real().filter((text) => text.length > 4000);
    expect(traces.length).toBeGreaterThan(35);
    for (const trace of traces) {
      const head = trace.slice(0, 4000);
      expect(await why(keep, head + loop.repeat(40))).toMatch(/repeats/);
      for (const [language, page] of Object.entries(pages)) {
        const half = page.repeat(Math.ceil(3000 / page.length));
        expect(await why({ languages: ['en'] }, `${head.slice(0, 3000)}\n\n${half}`), language).toMatch(language);
      }
    }
  });
});
