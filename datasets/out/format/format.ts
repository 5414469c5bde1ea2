import type { Level, Problem } from '../../../schemas/types.ts';
import type { Column } from './parquet-schema.ts';
import type { Products } from './products.ts';

/** One row of an export, as plain JSON. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** What the card counts. */
export interface About {
  readonly problem: Problem;
  readonly level: Level | null;
  readonly simulated: boolean;
}

/** What a row may tell of the run, beside its record. */
export interface OfRun {
  readonly run: string;
  /** A problem as the student was asked. */
  readonly asked: (problem: Problem) => readonly Turn[];
  /** What trainers call a domain. */
  readonly ability: (domain: string) => string;
}

export interface Turn {
  readonly role: string;
  readonly content: string;
}

/** How the records of one product are rendered for one kind of trainer. Pure: the same record gives the same rows. */
export interface ExportFormat<From extends keyof Products> {
  /** What people call it; formats of one name differ in what they are made from. */
  readonly name: string;
  readonly from: From;
  /** One line for people. */
  readonly title: string;
  /** Null: JSON lines. */
  readonly columns: readonly Column[] | null;
  /** The rows of a record; none where it has nothing for this trainer. */
  readonly rows: (record: Products[From], of: OfRun) => readonly ExportRow[];
  readonly about: (record: Products[From]) => About;
  /** Further files that the trainer needs, by name. */
  readonly companions?: () => Readonly<Record<string, string>>;
}

/** A format, whatever it is made from. */
export type AnyFormat = { [From in keyof Products]: ExportFormat<From> }[keyof Products];
