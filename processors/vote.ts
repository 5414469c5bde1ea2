import type { ChatModel, ChatReply, ChatRequest, Message } from '../llm/port.ts';
import type { Problem } from '../schemas/types.ts';
import type { Reference, Verify } from '../verifiers/port.ts';
import type { RecordedAnswers } from './recorded.ts';
import { askFor } from './samples.ts';

export interface VoteCapabilities {
  /** Who votes; null: the recorded answers are all there are. */
  readonly teacher: ChatModel | null;
  readonly recorded?: RecordedAnswers | undefined;
  readonly name: string;
  /** Answers that are asked for, at most. */
  readonly samples: number;
  /** So many must agree: more than half of them. */
  readonly atLeast: number;
  /** More room for an answer that was cut off, to be tried once; null: it is no vote. */
  readonly maxTokensRaised: number | null;
  readonly prompt: (problem: Problem) => readonly Message[];
  /** Whether the problem is without a reference, and of a domain in which one can be voted. */
  readonly isOpen: (problem: Problem) => boolean;
  /** What a turn answers, as a reference of the problem; null where it answers nothing that could be one. */
  readonly answerIn: (problem: Problem, response: string) => string | null | Promise<string | null>;
  readonly reference: (problem: Problem) => Reference;
  readonly verify: Verify;
}

/** An answer, spelt as it came first, and how many gave it. */
interface Answer {
  readonly problem: Problem;
  votes: number;
}

/**
 * The problem with the answer that the voter's samples agree on as its reference, which says so; null where too few
 * agree. The samples are those that `generate` asks for, so that none is paid for twice. As many are asked for at once
 * as the leading answer still lacks, and none once the vote is decided: the same samples are the same vote. (Majority
 * voting over samples: self-consistency, arXiv 2203.11171.)
 */
export const vote =
  (capabilities: VoteCapabilities) =>
  async (problem: Problem, signal: AbortSignal): Promise<Problem | null> => {
    const { samples, atLeast, name } = capabilities;
    const ballot = ballotOf(problem, capabilities);
    const answers: Answer[] = [];
    let of = 0;
    for (;;) {
      const leading = answers.reduce((most, one) => Math.max(most, one.votes), 0);
      const missing = atLeast - leading;
      if (missing > Math.min(samples, ballot.most) - of) return null;
      const round = Array.from({ length: missing }, (_, index) => of + index);
      for (const reply of await Promise.all(round.map((sample) => ballot.cast(sample, signal))))
        await count(answers, problem, reply, capabilities, signal);
      of += missing;
      const winner = answers.find(({ votes }) => votes >= atLeast);
      if (winner) return { ...winner.problem, label: { by: name, votes: winner.votes, of } };
    }
  };

/** Where the samples come from: recorded ones first, then the teacher's own, which count from 0. */
const ballotOf = (problem: Problem, capabilities: VoteCapabilities) => {
  const there = capabilities.recorded?.(problem) ?? [];
  const messages = capabilities.prompt(problem);
  return {
    most: capabilities.teacher ? Number.POSITIVE_INFINITY : there.length,
    cast: async (sample: number, signal: AbortSignal): Promise<ChatReply> => {
      const request: ChatRequest = { problem: problem.id, messages, sample: sample - there.length };
      return there[sample]?.() ?? askFor(request, capabilities, signal);
    },
  };
};

/** A vote goes to the first answer that it is the same as; one that cannot be read is for none. */
const count = async (
  answers: Answer[],
  problem: Problem,
  reply: ChatReply,
  { answerIn, reference, verify }: VoteCapabilities,
  signal: AbortSignal,
): Promise<void> => {
  const answer = reply.finish === 'stop' ? await answerIn(problem, reply.answer) : null;
  if (answer === null) return;
  for (const one of answers) {
    const { verdict } = await verify({ reference: reference(one.problem), response: reply.answer }, signal);
    if (verdict !== 'right') continue;
    one.votes++;
    return;
  }
  answers.push({ problem: { ...problem, answer }, votes: 1 });
};
