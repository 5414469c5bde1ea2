import { z } from 'zod';
import type { ChatModel } from '../../llm/port.ts';
import { questionOf, voteIn } from '../../verifiers/model/question.ts';
import { decide } from '../../verifiers/model/votes.ts';
import type { Judgement, Verdict } from '../../verifiers/port.ts';
import { boxedPrompt, defineDomain, type OwnTask } from '../own-domain.ts';
import { type Domain, kind } from '../port.ts';

const settings = z
  .strictObject({
    kind: z.literal('model'),
    prompt: z.string().optional(),
    rubric: z.string().min(1).optional().describe('What a right answer is like, in your words.'),
    votes: z.int().min(1).max(99).default(1).describe('How often it is asked about an answer, at most.'),
    agree: z.int().min(1).max(99).optional().describe('How many must say yes; more than half.'),
    rules: z
      .looseObject({ kind: z.string() })
      .optional()
      .describe('A kind that judges first, with its settings; the model is asked only where `asked` says.'),
    asked: z
      .enum(['unverifiable', 'wrong', 'always'])
      .default('unverifiable')
      .describe('With rules: of what they cannot judge, or also of what they call wrong, or of all.'),
    baseUrl: z.url({ protocol: /^https?$/ }),
    model: z.string().min(1),
    revision: z.string().default(''),
    apiKey: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    concurrency: z.int().min(1).max(100_000).default(64).describe('Most calls in flight.'),
    price: z.strictObject({ input: z.number().nonnegative(), output: z.number().nonnegative() }).optional(),
    temperature: z.number().min(0).max(2).optional().describe('0 for one vote, else 0.7.'),
    maxTokens: z.int().positive().default(2048),
    extraBody: z.record(z.string(), z.unknown()).default({}),
  })
  .refine(({ votes, agree = 1 }) => agree <= votes, 'agree: wants at most as many as there are votes');

/** A model that says yes or no to an answer, by the reference, a rubric, or both; alone, or behind rules. */
export const model = kind('model', settings, (name, given, others): Domain => {
  const { prompt, rubric = null, votes, agree = Math.floor(votes / 2) + 1, rules, asked } = given;
  const before = rules && others(name, rules);
  const own = defineDomain({
    name,
    prompt: prompt ?? before?.prompt ?? boxedPrompt,
    ...(before && { read: before.read }),
    judge: { open: () => ({ judge: () => false }) },
  });
  return {
    ...own,
    ...(before && { hasTests: before.hasTests }),
    open: async (host) => {
      const chat = host.chat({ ...given, temperature: given.temperature ?? (votes === 1 ? 0 : 0.7) });
      const first = await before?.open(host);
      return {
        verify: async (task, signal) => {
          if (task.reference.domain !== 'own') throw new TypeError(`not a problem of ${name}`);
          const { problem } = task.reference;
          const judged = first ? await first.verify(task, signal) : null;
          if (judged && !isAsked(judged.verdict, asked)) return judged;
          const vote = voteOf(chat.ask, { problem, response: task.response }, rubric, signal);
          return told(await decide(vote, { votes, agree }), judged);
        },
        close: async () => {
          await first?.close();
          await chat.close();
        },
      };
    },
  };
});

const isAsked = (verdict: Verdict, asked: 'unverifiable' | 'wrong' | 'always'): boolean =>
  asked === 'always' || verdict === 'unverifiable' || (asked === 'wrong' && verdict === 'wrong');

const voteOf =
  (ask: ChatModel, { problem, response }: OwnTask, rubric: string | null, signal: AbortSignal) =>
  async (sample: number): Promise<boolean | null> => {
    const { id, statement, answer } = problem;
    const messages = questionOf({ statement, reference: answer, rubric, answer: response });
    const { answer: said } = await ask({ problem: id, messages, sample }, signal);
    return voteIn(said);
  };

/** What the votes say, beside what the rules found. */
const told = ({ isYes, yes, no, none }: Awaited<ReturnType<typeof decide>>, rules: Judgement | null): Judgement => {
  const counted = [`${yes} yes`, `${no} no`, ...(none > 0 ? [`${none} neither`] : [])].join(', ');
  return {
    verdict: isYes ? 'right' : 'wrong',
    reason: `a model judged: ${counted}${rules ? `; rules: ${rules.reason}` : ''}`,
    extracted: rules?.extracted ?? null,
    found: 'model',
    passedShare: rules?.passedShare ?? null,
  };
};
