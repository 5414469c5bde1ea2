import type { Completion } from '../http/answers/completion.ts';
import type { Message, ScoreRequest } from '../port.ts';

/**
 * Less than this on yes and no together says that the model was about to say something else. The smallest models put
 * a quarter there and the rest on openings such as "The", and the ratio still means something.
 */
const leastMass = 0.05;

/** The question that is answered with one token. */
export const yesMessages = ({ statement, steps, reference }: ScoreRequest): Message[] => [
  {
    role: 'user',
    content: [
      `Problem:\n${statement}`,
      `Reference answer:\n${reference}`,
      `A student's solution:\n<<<\n${steps.join('\n\n')}\n>>>`,
      'Is the reasoning of this solution sound for the most part, although its answer is wrong? Answer yes or no.',
    ].join('\n\n'),
  },
];

/**
 * P(yes) / (P(yes) + P(no)) of the first token, over its spellings. Null where the endpoint gives no log-probabilities
 * or both together have little mass.
 */
export const yesShare = ({ logprobs }: Completion): number | null => {
  const alternatives = logprobs?.content?.[0]?.top_logprobs ?? [];
  const mass = { yes: 0, no: 0 };
  for (const { token, logprob } of alternatives) {
    const word = token.replaceAll(/[^\p{L}]/gu, '').toLowerCase();
    if (word === 'yes' || word === 'no') mass[word] += Math.exp(Math.min(0, logprob));
  }
  const both = mass.yes + mass.no;
  return both >= leastMass ? mass.yes / both : null;
};

/** Whether the endpoint gives log-probabilities at all; one that does not is not asked for them again. */
export const hasProbabilities = ({ logprobs }: Completion): boolean => Boolean(logprobs?.content?.length);
