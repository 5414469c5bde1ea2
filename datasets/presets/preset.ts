import type { Draft, DraftField } from '../../domains/port.ts';

/** Where a value stands in a row: a column, or a path with dots; of several the first that is there. */
export type Fields = Readonly<Partial<Record<DraftField, string | readonly string[]>>>;

/** What a recorded answer is made of, by the names that the `fields` setting uses. */
export const answerFields = ['response', 'reasoning', 'finish'] as const;

export type AnswerField = (typeof answerFields)[number];

/** Where a row holds answers of a model. */
export type AnswerFields = Readonly<Partial<Record<AnswerField, string | readonly string[]>>>;

/** How the rows of one data set become problems. */
export interface Preset {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Whether it was tried on the data set's real files, not only on rows made after its card. */
  readonly verified: boolean;
  /** Of the data set, unless its card or the row says otherwise. */
  readonly licence: string | null;
  /** Null: each row says it, or shows it. */
  readonly domain: string | null;
  readonly fields: Fields;
  /** Columns that are never read: big, and of no use here. */
  readonly omit?: readonly string[];
  /** Where the data set holds answers of a model to its problems, if it does. */
  readonly recorded?: AnswerFields;
  /** The data set holds the same problem over and over: each is read once a file. */
  readonly repeats?: 'read-once';
  /** Rows are lists, whose items are columns `0`, `1` and so on. */
  readonly rows?: 'lists';
  /** What the data set's own traps need. Throws a RowFault where no problem can be made of a row. */
  readonly normalise?: (draft: Draft, row: Readonly<Record<string, unknown>>) => Draft;
}
