import type { Domain } from '../../schemas/types.ts';

/** What a problem is made of, by the names that the `fields` setting uses. */
export const draftFields = [
  'statement',
  'answer',
  'domain',
  'choices',
  'language',
  'prompt',
  'tests',
  'solution',
  'id',
  'level',
  'subject',
  'licence',
] as const;

export type DraftField = (typeof draftFields)[number];

/** A row's values by their meaning, still as they were found: not trusted, not checked. */
export type Draft = Readonly<Partial<Record<DraftField, unknown>>>;

/** Where a value stands in a row: a column, or a path with dots; of several the first that is there. */
export type Fields = Readonly<Partial<Record<DraftField, string | readonly string[]>>>;

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
  readonly domain: Domain | null;
  readonly fields: Fields;
  /** Columns that are never read: big, and of no use here. */
  readonly omit?: readonly string[];
  /** The data set holds the same problem over and over: each is read once a file. */
  readonly repeats?: 'read-once';
  /** What the data set's own traps need. Throws a RowFault where no problem can be made of a row. */
  readonly mend?: (draft: Draft, row: Readonly<Record<string, unknown>>) => Draft;
}
