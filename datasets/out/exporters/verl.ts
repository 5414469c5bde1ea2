import { hardness } from '../../../schemas/hardness.ts';
import type { Level, Problem } from '../../../schemas/types.ts';
import type { ExportFormat, ExportRow, OfRun, Turn } from '../format/format.ts';
import { integerColumn, messagesColumn, stringColumn, structColumn } from '../format/parquet-schema.ts';
import { bank } from './bank.ts';
import { cotLine, cotLines, promptText, referenceText } from './canonical.ts';

/** verl's SFT trainer: `messages` for its multi-turn data set, `prompt` and `response` for the older one. */
export const verlSft: ExportFormat<'cot'> = {
  name: 'verl-sft',
  from: 'cot',
  title: 'verl SFT: Parquet with messages, prompt, response',
  columns: [
    stringColumn('id'),
    messagesColumn('messages'),
    stringColumn('prompt'),
    stringColumn('response'),
    stringColumn('level'),
    integerColumn('hardness'),
  ],
  rows: (record, { run }) =>
    cotLines(record, run).map(({ id, messages, level, hardness }) => ({
      ...{ id, messages, prompt: promptText(record), response: messages.at(-1)!.content, level, hardness },
    })),
  about: (record) => record,
};

const rlColumns = [
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
];

/**
 * verl's RL trainers: a prompt and the reference. `data_source` begins with `sluice/`, which none of verl's built-in
 * rewards answers to: a reward has to be named, where a silent mismatch of answer forms would score all zero.
 */
const rlRow = (problem: Problem, level: Level, prompt: readonly Turn[], { ability }: OfRun): ExportRow => ({
  data_source: `sluice/${problem.source.dataset}`,
  prompt,
  ability: ability(problem.domain),
  reward_model: { style: 'rule', ground_truth: referenceText(problem) },
  extra_info: { id: problem.id, split: 'train', index: problem.source.row, level, hardness: hardness[level] },
});

/** The problems to which the teacher has a verified answer, as they were put to it. */
export const verlRl: ExportFormat<'cot'> = {
  name: 'verl-rl',
  from: 'cot',
  title: 'verl RL: Parquet with data_source, prompt, ability, reward_model, extra_info',
  columns: rlColumns,
  rows: (record, of) => [rlRow(record.problem, record.level, cotLine(record, of.run).messages.slice(0, -1), of)],
  about: (record) => record,
};

/** Every problem of the bank, as it was put to the student: a reference is all that RL needs, a teacher is not. */
export const verlRlBank: ExportFormat<'levelled'> = {
  ...bank,
  name: verlRl.name,
  title: verlRl.title,
  columns: rlColumns,
  rows: ({ problem, level }, of) => [rlRow(problem, level, of.asked(problem), of)],
};
