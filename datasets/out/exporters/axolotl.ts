import { stringify } from 'yaml';
import type { ExportFormat } from '../format/format.ts';
import { cotLines } from './canonical.ts';

/** Axolotl, `type: chat_template`. The companion is the block for its configuration. */
export const axolotl: ExportFormat<'cot'> = {
  name: 'axolotl',
  from: 'cot',
  title: 'Axolotl: messages, with the datasets block for its configuration',
  columns: null,
  rows: (record, { run }) => cotLines(record, run).map(({ id, messages, level }) => ({ id, messages, level })),
  about: (record) => record,
  companions: () => ({ 'axolotl.yaml': stringify({ datasets: [block] }) }),
};

const block = {
  path: 'data',
  ds_type: 'json',
  split: 'train',
  type: 'chat_template',
  field_messages: 'messages',
  message_property_mappings: { role: 'role', content: 'content' },
  roles_to_train: ['assistant'],
  train_on_eos: 'turn',
};
