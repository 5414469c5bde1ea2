import { optionalText } from '../../domains/row/text.ts';
import { draftOf, pickerOf } from '../in/draft.ts';
import { hiveColumns } from '../in/files/hive-columns.ts';
import { type DataFile, locateFiles } from '../in/files/locate-files.ts';
import { originOf, type ProblemSource, withColumnsOf } from '../in/read-problems.ts';
import { readRows } from '../in/read-rows.ts';
import type { Row } from '../in/row/row.ts';
import { type Origin, toProblem } from '../in/to-problem.ts';
import { generic } from '../presets/generic.ts';
import { type AnswerField, type AnswerFields, answerFields, type Fields, type Preset } from '../presets/preset.ts';
import { presetOf } from '../presets/table.ts';
import { keyOfRow } from './answer-keys.ts';

/** Files with answers of a model; `fields` also says where they stand. */
export interface AnswerSource extends Omit<ProblemSource, 'fields'> {
  readonly fields?: Fields & AnswerFields;
}

/** An answer as the file holds it: not trusted, not read. */
export type RawAnswer = Readonly<Record<AnswerField, unknown>>;

/** A row's answers with the key of what they are about; without either it is of no use. */
export interface AnswerRow {
  readonly key: Uint8Array | null;
  readonly answers: readonly RawAnswer[];
  /** The columns that the row has. */
  readonly columns: readonly string[];
}

/** Beyond these many a row's answers are passed over. */
const MOST_IN_A_ROW = 1024;

/**
 * Reads recorded answers in the order of files and rows, one batch of rows at a time. Which problem a row is about is
 * read as `readProblems` reads it; but a row needs no reference. Throws a DataError for a fault of a whole file.
 */
export async function* readAnswers(source: AnswerSource, signal?: AbortSignal): AsyncGenerator<AnswerRow> {
  const preset = presetOf(source.preset ?? generic.name, source.presets);
  for (const file of await locateFiles(source)) yield* answersIn(file, source, preset, signal);
}

async function* answersIn(
  file: DataFile,
  source: AnswerSource,
  preset: Preset,
  signal?: AbortSignal,
): AsyncGenerator<AnswerRow> {
  const { aboutProblem, aboutAnswer } = parted(source.fields ?? {}, preset);
  const origin = originOf(file, { ...source, fields: aboutProblem }, preset);
  const ways = Object.entries(aboutAnswer) as [AnswerField, string | string[]][];
  const pickers = ways.map(([field, where]) => [field, pickerOf(where)] as const);
  const hive = hiveColumns(file.within);
  const wanted = ways.flatMap(([, where]) => where).map((column) => column.split('.')[0]);
  const omit = (preset.omit ?? []).filter((column) => !wanted.includes(column));
  for await (const batch of readRows(file, { omit, lists: preset.rows === 'lists', ...(signal && { signal }) })) {
    for (const row of batch) {
      if ('bad' in row) continue;
      const whole = hive ? withColumnsOf(row, hive) : row;
      const found = Object.fromEntries(pickers.map(([field, pick]) => [field, pick(whole.value)]));
      yield { key: keyOf(whole, origin), answers: spread(found), columns: Object.keys(whole.value) };
    }
  }
}

const parted = (fields: Fields & AnswerFields, preset: Preset) => {
  const isOfAnswer = ([field]: readonly [string, unknown]) => (answerFields as readonly string[]).includes(field);
  const said = Object.entries(fields).filter(([, where]) => where !== undefined);
  return {
    aboutProblem: Object.fromEntries(said.filter((one) => !isOfAnswer(one))) as Fields,
    aboutAnswer: { ...generic.recorded, ...preset.recorded, ...Object.fromEntries(said.filter(isOfAnswer)) },
  };
};

/** What the row is about: the problem that it is read as, else its bare statement, else its id. */
const keyOf = (row: Row, origin: Origin): Uint8Array | null => {
  try {
    return keyOfRow({ content: toProblem(row, origin), id: null });
  } catch {
    // Without a reference it is no problem, and may tell all the same which one it is about.
  }
  const { statement, id } = draftOf(row.value, origin.columns);
  const text = textOf(statement);
  return keyOfRow({ content: text === null ? null : { statement: text, choices: [], tests: null }, id: textOf(id) });
};

const textOf = (value: unknown): string | null => {
  try {
    return optionalText(value, 'value')?.trim() || null;
  } catch {
    return null;
  }
};

/** A list of answers has its reasoning and its ends in lists beside it, or one for all. */
const spread = ({ response, reasoning, finish }: Partial<RawAnswer>): RawAnswer[] => {
  if (response === undefined) return [];
  if (!Array.isArray(response) || isConversation(response)) return [{ response, reasoning, finish }];
  const at = (value: unknown, index: number): unknown => (Array.isArray(value) ? value[index] : value);
  return response
    .slice(0, MOST_IN_A_ROW)
    .map((one, index) => ({ response: one, reasoning: at(reasoning, index), finish: at(finish, index) }));
};

const isConversation = (turns: readonly unknown[]): boolean => {
  const first = turns[0] as { role?: unknown; from?: unknown } | null | undefined;
  return typeof first === 'object' && first !== null && ('role' in first || 'from' in first);
};
