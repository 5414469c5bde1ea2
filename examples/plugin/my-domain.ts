import type { Plugin } from 'sluice';

/** Roman numerals: a domain, a preset for their file, a processor, and an export as flash cards. */
export default {
  name: 'roman',
  version: '1',
  domains: [
    {
      name: 'roman',
      prompt: '{statement} Answer with the numeral alone.',
      judge: ({ problem, response }) => response.trim().toUpperCase() === problem.answer,
    },
  ],
  presets: [
    {
      name: 'roman-csv',
      title: 'Numbers and their Roman numerals',
      verified: true,
      licence: null,
      domain: 'roman',
      fields: { statement: 'number', answer: 'numeral' },
      normalise: (draft) => ({ ...draft, statement: `Write ${draft.statement} as a Roman numeral.` }),
    },
  ],
  processors: [
    {
      name: 'no-long-thoughts',
      after: 'graded',
      process: (graded) => ({
        ...graded,
        attempts: graded.attempts.map((one) => ({ ...one, reasoning: one.reasoning.slice(0, 10_000) })),
      }),
    },
  ],
  exporters: [
    {
      name: 'cards',
      from: 'cot',
      title: 'Flash cards',
      columns: null,
      rows: ({ problem, answer }) => [{ front: problem.statement, back: answer }],
      about: (record) => record,
    },
  ],
} satisfies Plugin;
