import { z } from 'zod';
import type { Message, ScoreRequest } from '../port.ts';

/** The question that is answered with a score in JSON. */
export const rubricMessages = ({ statement, steps, reference }: ScoreRequest): Message[] => [
  {
    role: 'user',
    content: [
      `Problem:\n${statement}`,
      `Reference answer:\n${reference}`,
      `A student's solution:\n<<<\n${steps.join('\n\n')}\n>>>`,
      'The solution ends in a wrong answer. Judge how much of its reasoning is sound:',
      '1.0: a slip in the last step; 0.7: sound for the most part; 0.5: half; 0.3: the approach fails early; 0.0: nothing is right.',
      'Reply with JSON only: {"score": <number from 0 to 1>}',
    ].join('\n\n'),
  },
];

const rubricSchema = z.object({ score: z.number().min(0).max(1) });

/** The score of the last JSON object in a text that has one; null where there is none. Linear in the text. */
export const readRubric = (text: string): number | null => {
  const named = text.lastIndexOf('"score"');
  const start = text.lastIndexOf('{', named);
  const end = text.indexOf('}', named);
  if (named === -1 || start === -1 || end === -1) return null;
  try {
    const parsed = rubricSchema.safeParse(JSON.parse(text.slice(start, end + 1)));
    return parsed.success ? parsed.data.score : null;
  } catch {
    return null;
  }
};
