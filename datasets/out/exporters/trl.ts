import type { ExportFormat } from '../format/format.ts';
import { cotLines } from './canonical.ts';

/** TRL's SFTTrainer, conversational language modelling: the loss is on all turns unless `assistant_only_loss`. */
export const trl: ExportFormat<'cot'> = {
  name: 'trl',
  from: 'cot',
  title: 'TRL SFTTrainer: messages',
  columns: null,
  rows: (record, { run }) => cotLines(record, run).map(({ id, messages, level }) => ({ id, messages, level })),
  about: (record) => record,
};

/** TRL's SFTTrainer, conversational prompt-completion: the loss is on the completion alone, by default. */
export const trlPromptCompletion: ExportFormat<'cot'> = {
  name: 'trl-prompt-completion',
  from: 'cot',
  title: 'TRL SFTTrainer: prompt and completion, loss on the completion alone',
  columns: null,
  rows: (record, { run }) =>
    cotLines(record, run).map(({ id, messages, level }) => ({
      ...{ id, prompt: messages.slice(0, -1), completion: messages.slice(-1), level },
    })),
  about: (record) => record,
};
