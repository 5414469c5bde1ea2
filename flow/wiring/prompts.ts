import type { Domains } from '../../domains/port.ts';
import type { Message } from '../../llm/port.ts';
import type { Problem } from '../../schemas/types.ts';

/** The messages that a problem is put to a model with. */
export const promptOf =
  (domains: Domains, templates: Readonly<Partial<Record<string, string>>>, system?: string) =>
  (problem: Problem): readonly Message[] => {
    const template = templates[problem.domain] ?? domains.get(problem.domain)?.prompt ?? '{statement}';
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
