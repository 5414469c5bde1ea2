import type { Level, Problem } from '../../../schemas/types.ts';
import type { Column } from './parquet-schema.ts';

/** One row of an export, as plain JSON. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** What the card counts. */
export interface About {
  readonly problem: Problem;
  readonly level: Level | null;
  readonly simulated: boolean;
}

/** How the records of one product are rendered for one kind of trainer. Pure: the same record gives the same rows. */
export interface ExportFormat<Product> {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Null: JSON lines. */
  readonly columns: readonly Column[] | null;
  /** The rows of a record; none where it has nothing for this trainer. */
  readonly rows: (record: Product, run: string) => readonly ExportRow[];
  readonly about: (record: Product) => About;
  /** Further files that the trainer needs, by name. */
  readonly companions?: () => Readonly<Record<string, string>>;
}
