import { chatKey } from '../../llm/journal-key.ts';
import type { ChatReply, ChatRequest, Journal } from '../../llm/port.ts';
import type { ChatSettings } from '../../llm/settings.ts';
import type { Table } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';

/** The journal over a transport's table, in the journal's own schema. */
export const journalOver = (table: Table): Journal => ({
  get: async (problem, key) => {
    const bytes = await table.get(problem, key);
    return bytes && codecs.journalEntry.decode(bytes);
  },
  put: (problem, key, entry) => table.put(problem, key, codecs.journalEntry.encode(entry)),
});

/** The reply to this very request if it was ever received. */
export const recallFrom = (journal: Journal, settings: ChatSettings) => {
  const key = chatKey(settings);
  return async (request: ChatRequest): Promise<ChatReply | undefined> => {
    const entry = await journal.get(request.problem, key(request));
    if (!entry) return undefined;
    const { promptTokens, completionTokens, reasoning, answer, finish, simulated } = entry;
    const usage = { promptTokens, completionTokens };
    return { reasoning, answer, finish: finish ?? 'other', usage, journaled: true, simulated };
  };
};
