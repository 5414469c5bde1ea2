import type { Message } from '../../llm/port.ts';
import type { Domain, Problem } from '../../schemas/types.ts';

const boxed = 'Please reason step by step, and put your final answer within \\boxed{}.';

/** DeepSeek's advice for R1 and what the Qwen models are used to: all of it in the user's turn. */
export const defaultPrompts: Readonly<Record<Domain, string>> = {
  maths: `{statement}\n\n${boxed}`,
  choice: `{statement}\n\n{choices}\n\nPlease reason step by step, and put the letter of your choice within \\boxed{}.`,
  code: '{statement}\n\nPlease reason step by step, and give the whole program in one ```{language} block.',
};

/** The messages that a problem is put to a model with. */
export const promptOf =
  (templates: Partial<Record<Domain, string | undefined>>, system?: string) =>
  (problem: Problem): readonly Message[] => {
    const template = templates[problem.domain] ?? defaultPrompts[problem.domain];
    if (template === undefined) throw new Error(`there is no prompt for ${problem.domain} problems`);
    const user = fill(template, problem);
    return [...(system ? [{ role: 'system' as const, content: system }] : []), { role: 'user', content: user }];
  };

const fill = (template: string, problem: Problem): string => {
  const values: Record<string, string> = {
    statement: problem.statement,
    choices: problem.choices.map((choice, index) => `${String.fromCharCode(65 + index)}. ${choice}`).join('\n'),
    language: problem.language ?? '',
    prompt: problem.prompt ?? '',
  };
  return template.replace(/\{(statement|choices|language|prompt)\}/g, (_, name: string) => values[name] ?? '');
};
