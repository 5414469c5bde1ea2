import { hardness } from '../../../schemas/hardness.ts';
import type { Cot, Label, Level, Problem, Rejected, TeacherAttempt } from '../../../schemas/types.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What the lines of every product begin with. */
interface Head {
  readonly id: string;
  readonly messages: readonly Message[];
  /** What the student was asked; only where the teacher was asked otherwise. */
  readonly studentMessages?: readonly Message[];
  readonly problem: string;
  /** Maths: the answer. Choice: the letter. Code: the tests, as JSON. */
  readonly reference: string;
  /** Whose samples agreed on the reference; only where no data set gave it. */
  readonly label?: Label;
  readonly domain: string;
  readonly level: Level;
  /** 0 (easy) … 5 (level_1). */
  readonly hardness: number;
}

interface Origin {
  readonly student: string;
  readonly teacher: string;
  readonly source: { readonly dataset: string; readonly row: number };
  readonly run: string;
  /** Present only where a rehearsal model had a hand in it. */
  readonly simulated?: true;
}

/** One line of `cot.jsonl`. */
export interface CotLine extends Head, Origin {
  readonly reasoning: string;
  readonly answer: string;
  /** Which of the teacher's attempts; only where several traces of a problem are kept, a line each. */
  readonly sample?: number;
}

/** One line of `rejected.jsonl`: the same head, why, and everything that the teacher tried. */
export interface RejectedLine extends Head, Origin {
  readonly reason: string;
  readonly attempts: readonly TeacherAttempt[];
}

/** A line for each trace that is kept of a problem, the best first. */
export const cotLines = (record: Cot, run: string): readonly CotLine[] =>
  record.others.length === 0
    ? [cotLine(record, run)]
    : [record, ...record.others].map((trace) => ({
        ...cotLine({ ...record, ...trace }, run),
        sample: trace.sample,
      }));

/** The canonical form of a verified record; every trainer format is a rendering of the same record. */
export const cotLine = (record: Cot, run: string): CotLine => ({
  ...headOf(record, [...record.messages, { role: 'assistant', content: withThinking(record) }]),
  reasoning: record.reasoning,
  answer: record.answer,
  ...originOf(record, run),
});

/** The canonical form of a rejected record. */
export const rejectedLine = (record: Rejected, run: string): RejectedLine => ({
  ...headOf(record, record.messages),
  reason: record.reason,
  attempts: record.attempts,
  ...originOf(record, run),
});

/**
 * The assistant's turn as reasoning models write it and their chat templates expect it; without tags where there is
 * nothing to stand in them.
 */
export const withThinking = ({ reasoning, answer }: { reasoning: string; answer: string }): string =>
  reasoning.trim() === '' ? answer.trim() : `<think>\n${reasoning.trim()}\n</think>\n\n${answer.trim()}`;

/** The text that a right answer is measured against. */
export const referenceText = (problem: Problem): string => problem.answer ?? problem.tests ?? '';

/** What the teacher was asked, without its system turn. */
export const promptText = ({ messages }: Pick<Cot, 'messages'>): string =>
  messages.findLast(({ role }) => role === 'user')?.content ?? '';

const headOf = (record: Cot | Rejected, messages: readonly Message[]): Head => ({
  id: record.problem.id,
  messages,
  ...(record.studentMessages.length > 0 && { studentMessages: record.studentMessages }),
  problem: record.problem.statement,
  reference: referenceText(record.problem),
  ...(record.problem.label && { label: record.problem.label }),
  domain: record.problem.domain,
  level: record.level,
  hardness: hardness[record.level],
});

const originOf = ({ problem, grade, teacher, simulated }: Cot | Rejected, run: string): Origin => ({
  student: grade.student,
  teacher,
  source: { dataset: problem.source.dataset, row: problem.source.row },
  run,
  ...(simulated ? { simulated } : {}),
});
