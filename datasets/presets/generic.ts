import type { Preset } from './preset.ts';

/** Problems as this system's own documentation writes them; with `fields`, any file with a statement and an answer. */
export const generic: Preset = {
  name: 'generic',
  title: 'statement, and answer, choices or tests; other column names by `fields`',
  verified: true,
  licence: null,
  domain: null,
  fields: {
    statement: 'statement',
    answer: 'answer',
    domain: 'domain',
    choices: 'choices',
    language: 'language',
    prompt: 'prompt',
    tests: 'tests',
    solution: 'solution',
    id: 'id',
    level: 'level',
    subject: 'subject',
    licence: ['licence', 'license'],
  },
  recorded: { response: ['response', 'messages', 'conversations'] },
};
