import type { Cot, Levelled, Rejected } from '../../../schemas/types.ts';
import type { ExportFormat } from '../format/format.ts';
import { bankLine } from './bank.ts';
import { cotLine, rejectedLine } from './canonical.ts';
import { scoredLine, type Trajectories } from './trajectories.ts';

/** The canonical form of every product, one JSON object a line. */
export const jsonl = {
  cot: {
    name: 'jsonl',
    title: 'the canonical form: one verified record a line',
    columns: null,
    rows: (record, run) => [{ ...cotLine(record, run) }],
    about: (record) => record,
  } satisfies ExportFormat<Cot>,
  rejected: {
    name: 'jsonl',
    title: 'the canonical form: one rejected record a line, with every attempt',
    columns: null,
    rows: (record, run) => [{ ...rejectedLine(record, run) }],
    about: (record) => record,
  } satisfies ExportFormat<Rejected>,
  scored: {
    name: 'jsonl',
    title: "the canonical form: one problem a line, with the student's attempts and their scores",
    columns: null,
    rows: (record, run) => [scoredLine(record, run)],
    about: ({ scored }) => ({ ...scored, level: null }),
  } satisfies ExportFormat<Trajectories>,
  levelled: {
    name: 'jsonl',
    title: 'the canonical form: one problem a line, with its level',
    columns: null,
    rows: (record, run) => [bankLine(record, run)],
    about: (record) => record,
  } satisfies ExportFormat<Levelled>,
};
