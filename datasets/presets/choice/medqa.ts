import { unpacked } from '../../../domains/row/json-text.ts';
import type { Preset } from '../preset.ts';

/** MedQA (USMLE): options by letter, the answer as a letter beside its text. */
export const medqa: Preset = {
  name: 'medqa',
  title: 'MedQA: question, options by letter, answer_idx (else the text in answer)',
  verified: false,
  licence: null,
  domain: 'choice',
  fields: {
    statement: 'question',
    choices: ['options', 'choices'],
    answer: ['answer_idx', 'answer'],
    subject: 'meta_info',
  },
  omit: ['metamap_phrases'],
  normalise: (draft) => {
    const options = unpacked(draft.choices);
    if (typeof options !== 'object' || options === null || Array.isArray(options)) return draft;
    const lettered = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
    const place = lettered.findIndex(([letter]) => letter === draft.answer);
    const answer = place < 0 ? draft.answer : 'ABCDEFGHIJ'[place];
    return { ...draft, answer, choices: lettered.map(([, choice]) => choice) };
  },
};
