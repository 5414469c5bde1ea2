import type { Journal, JournalEntry } from '../../../llm/port.ts';

/** A journal in memory that shows what was put, in order. */
export const memoryJournal = () => {
  const entries = new Map<string, JournalEntry>();
  const journal: Journal = {
    get: async (problem, key) => entries.get(`${problem} ${key}`),
    put: async (problem, key, entry) => {
      entries.set(`${problem} ${key}`, entry);
    },
  };
  return { journal, entries };
};
