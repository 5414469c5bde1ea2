import type { Host } from '../../domains/port.ts';
import { openChatModel, openJsonServer } from '../../llm/models.ts';
import type { Journal, JournalEntry } from '../../llm/port.ts';

export interface Around {
  /** What relative paths are relative to. */
  readonly folder: string;
  /** Texts that no message may hold. */
  readonly secrets?: readonly string[];
  /** The models of a run: those that judge are journaled and paid with them. */
  readonly models?: { readonly verifier: Host['chat'] };
}

/** What verifiers may use of this process. */
export const hostOf = ({ folder, secrets, models }: Around): Host => ({
  folder,
  server: ({ url, ...settings }) =>
    openJsonServer({
      ...settings,
      baseUrl: url,
      model: 'grader',
      secrets,
      idleTimeoutSeconds: settings.timeoutSeconds,
    }),
  chat: models?.verifier ?? ((settings) => openAlone(settings, secrets)),
});

/** Without a run: what was answered is remembered as long as the process lives. */
const openAlone = (settings: Parameters<Host['chat']>[0], secrets: Around['secrets']): ReturnType<Host['chat']> => {
  const entries = new Map<string, JournalEntry>();
  const journal: Journal = {
    get: async (problem, key) => entries.get(`${problem} ${key}`),
    put: async (problem, key, entry) => void entries.set(`${problem} ${key}`, entry),
  };
  const { ask, endpoint } = openChatModel(
    { ...settings, secrets, stream: false, answersInThinking: true },
    { journal },
  );
  return { ask, close: endpoint.close };
};
