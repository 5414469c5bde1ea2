import type { ChatReply } from '../llm/port.ts';
import type { Problem } from '../schemas/types.ts';

/**
 * The answers to a problem that are there already, each read when it is called for: they are taken before any is asked
 * for, and verified like any other.
 */
export type RecordedAnswers = (problem: Problem) => readonly (() => ChatReply)[];
