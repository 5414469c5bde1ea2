import type { Host } from '../../domains/port.ts';
import type { Endpoint } from '../../llm/endpoint/endpoint.ts';
import { openChatModel } from '../../llm/models.ts';
import type { Journal, JournalEntry } from '../../llm/port.ts';
import { noUsage, sumUsage, type UsageMeter, usageMeter } from './usage/usage.ts';
import type { ModelsAtWork } from './usage/usage-kept.ts';

export interface Judges extends ModelsAtWork {
  /** Opens one. */
  readonly verifier: Host['chat'];
}

/** Models that judge without a run: what was answered is remembered as long as the process lives. */
export const judgesAlone = (secrets: readonly string[] = []): Judges => {
  const opened: { readonly endpoint: Endpoint; readonly meter: UsageMeter }[] = [];
  return {
    verifier: (settings) => {
      const meter = usageMeter(settings.price ?? { input: 0, output: 0 });
      const { ask, endpoint } = openChatModel(
        { ...settings, secrets, stream: false, answersInThinking: true },
        { journal: remembering() },
      );
      opened.push({ endpoint, meter });
      return { ask: meter.over(ask), close: endpoint.close };
    },
    models: {
      endpoints: () =>
        opened.flatMap(({ endpoint }) => endpoint.states().map((state) => ({ role: 'verifier' as const, ...state }))),
    },
    usage: () => sumUsage([{ verifier: noUsage }, ...opened.map(({ meter }) => ({ verifier: meter.now() }))]),
  };
};

const remembering = (): Journal => {
  const entries = new Map<string, JournalEntry>();
  return {
    get: async (problem, key) => entries.get(`${problem} ${key}`),
    put: async (problem, key, entry) => void entries.set(`${problem} ${key}`, entry),
  };
};
