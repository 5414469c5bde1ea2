import type { Host } from '../../domains/port.ts';
import { openJsonServer } from '../../llm/models.ts';
import { judgesAlone } from './judges.ts';

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
  chat: models?.verifier ?? judgesAlone(secrets).verifier,
});
