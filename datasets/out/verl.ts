import type { Cot } from '../../schemas/types.ts';
import { cotLine, referenceText } from './canonical.ts';
import type { ExportFormat } from './format.ts';
import { integerColumn, messagesColumn, stringColumn, structColumn } from './parquet-schema.ts';

/** verl's SFT trainer: `messages` for its multi-turn data set, `prompt` and `response` for the older one. */
export const verlSft: ExportFormat<Cot> = {
  name: 'verl-sft',
  title: 'verl SFT: Parquet with messages, prompt, response',
  columns: [
    stringColumn('id'),
    messagesColumn('messages'),
    stringColumn('prompt'),
    stringColumn('response'),
    stringColumn('level'),
    integerColumn('hardness'),
  ],
  rows: (record, run) => {
    const { id, messages, level, hardness } = cotLine(record, run);
    return [{ id, messages, prompt: record.prompt, response: messages.at(-1)!.content, level, hardness }];
  },
  about: (record) => record,
};

/**
 * verl's RL trainers: a prompt and the reference. `data_source` begins with `sluice/`, which none of verl's built-in
 * rewards answers to: a reward has to be named, where a silent mismatch of answer forms would score all zero.
 */
export const verlRl: ExportFormat<Cot> = {
  name: 'verl-rl',
  title: 'verl RL: Parquet with data_source, prompt, ability, reward_model, extra_info',
  columns: [
    stringColumn('data_source'),
    messagesColumn('prompt'),
    stringColumn('ability'),
    structColumn('reward_model', { style: 'string', ground_truth: 'string' }),
    structColumn('extra_info', {
      id: 'string',
      split: 'string',
      index: 'integer',
      level: 'string',
      hardness: 'integer',
    }),
  ],
  rows: (record, run) => {
    const { id, messages, domain, level, hardness, source } = cotLine(record, run);
    return [
      {
        data_source: `sluice/${source.dataset}`,
        prompt: messages.slice(0, -1),
        ability: domain === 'maths' ? 'math' : domain,
        reward_model: { style: 'rule', ground_truth: referenceText(record.problem) },
        extra_info: { id, split: 'train', index: source.row, level, hardness },
      },
    ];
  },
  about: (record) => record,
};
