import type { ExportFormat } from '../format/format.ts';
import { cotLines } from './canonical.ts';

/** LLaMA-Factory, sharegpt, with the `dataset_info.json` that registers it under the name `sluice`. */
export const llamaFactory: ExportFormat<'cot'> = {
  name: 'llama-factory',
  from: 'cot',
  title: 'LLaMA-Factory: sharegpt conversations and dataset_info.json',
  columns: null,
  rows: (record, { run }) =>
    cotLines(record, run).map(({ id, messages, level }) => ({
      id,
      conversations: messages.map(({ role, content }) => ({ from: speakers[role], value: content })),
      level,
    })),
  about: (record) => record,
  companions: () => ({ 'dataset_info.json': `${JSON.stringify({ sluice: entry }, null, 2)}\n` }),
};

const speakers = { system: 'system', user: 'human', assistant: 'gpt' } as const;

const entry = {
  file_name: 'data',
  formatting: 'sharegpt',
  columns: { messages: 'conversations' },
  tags: {
    role_tag: 'from',
    content_tag: 'value',
    user_tag: speakers.user,
    assistant_tag: speakers.assistant,
    system_tag: speakers.system,
  },
};
