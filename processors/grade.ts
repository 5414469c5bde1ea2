import type { ChatModel, ChatReply, ChatRequest, Message } from '../llm/port.ts';
import type { Attempt, Grade, Graded, Problem, Verdict } from '../schemas/types.ts';
import type { Judgement, Reference, Verify } from '../verifiers/port.ts';
import type { RecordedAnswers } from './recorded.ts';
import { type VoteCapabilities, vote } from './vote.ts';

export interface GradeCapabilities {
  /** Null: nobody is asked, the recorded answers are all there are. */
  readonly student: ChatModel | null;
  readonly recorded?: RecordedAnswers | undefined;
  /** Model, and @revision where one is set. */
  readonly studentName: string;
  /** Independent attempts at each problem, 1 at least. */
  readonly attempts: number;
  /** What an answer that was cut off counts as; `left-out`: the attempt counts as if it had not been made. */
  readonly truncated: 'wrong' | 'left-out';
  /** More room for an answer that was cut off, to be tried once; null: it stays as it is. */
  readonly maxTokensRaised: number | null;
  readonly prompt: (problem: Problem) => readonly Message[];
  /** Throws where the problem's reference has no form that a verifier takes: a dead letter. */
  readonly reference: (problem: Problem) => Reference;
  /** Why no answer can be compared with this reference, in one line; null where answers can. */
  readonly unreadable: (problem: Problem, reference: Reference) => string | null;
  readonly verify: Verify;
  /** How a reference is found where a problem has none; left out: it is a dead letter. */
  readonly vote?: VoteCapabilities;
}

export interface GradeOutputs {
  graded: Graded;
  /** The reference cannot be read: no level, no sampling. */
  unverifiable: Graded;
}

/**
 * Lets the student answer and the verifier judge (paper, section 3.1: S_LLM and Result-Verifier). A problem is right
 * when at least half of the attempts are.
 */
export const grade =
  (capabilities: GradeCapabilities) =>
  async (problem: Problem, signal: AbortSignal): Promise<Partial<GradeOutputs>> => {
    const messages = capabilities.prompt(problem);
    if (capabilities.vote?.isOpen(problem)) return gradeByVote(problem, messages, capabilities, signal);
    const measure = capabilities.reference(problem);
    const why = capabilities.unreadable(problem, measure);
    if (why !== null) return { unverifiable: unasked(problem, messages, capabilities.studentName, why) };
    const made = await Promise.all(
      repliesTo(problem, messages, capabilities, signal).map(async (asked, sample) => {
        const reply = await asked;
        return { reply, attempt: attemptOf(sample, reply, await judge(reply, measure, capabilities, signal)) };
      }),
    );
    return gradedOf(problem, messages, made, capabilities);
  };

/** The student answers first: where its answers are worth nothing, no vote is paid for. */
const gradeByVote = async (
  problem: Problem,
  messages: readonly Message[],
  capabilities: GradeCapabilities,
  signal: AbortSignal,
): Promise<Partial<GradeOutputs>> => {
  const replies = await Promise.all(repliesTo(problem, messages, capabilities, signal));
  const voted = await vote(capabilities.vote as VoteCapabilities)(problem, signal);
  const measure = voted && capabilities.reference(voted);
  const made = await Promise.all(
    replies.map(async (reply, sample) => {
      const judgement = measure ? await judge(reply, measure, capabilities, signal) : undecided;
      return { reply, attempt: attemptOf(sample, reply, judgement) };
    }),
  );
  return gradedOf(voted ?? problem, messages, made, capabilities);
};

/** Of each attempt: as it was recorded, or as it comes. */
const repliesTo = (
  problem: Problem,
  messages: readonly Message[],
  capabilities: GradeCapabilities,
  signal: AbortSignal,
): readonly Promise<ChatReply>[] => {
  const { attempts, student, recorded } = capabilities;
  const there = (recorded?.(problem) ?? []).slice(0, attempts);
  const count = student ? attempts : there.length;
  if (count === 0) throw notRecorded();
  return Array.from({ length: count }, async (_, sample) => {
    const request = { problem: problem.id, messages, sample: sample - there.length };
    return there[sample]?.() ?? ask(request, capabilities, signal);
  });
};

const gradedOf = (
  problem: Problem,
  messages: readonly Message[],
  made: readonly { readonly reply: ChatReply; readonly attempt: Attempt }[],
  { studentName }: GradeCapabilities,
): Partial<GradeOutputs> => {
  const attempts = made.map(({ attempt }) => attempt);
  const grade = gradeOf(studentName, attempts);
  const simulated = made.some(({ reply }) => reply.simulated);
  const graded: Graded = { problem, grade, messages, attempts, simulated };
  return grade.verdict === 'unverifiable' ? { unverifiable: graded } : { graded };
};

const notRecorded = (): Error =>
  Object.assign(new Error('there is no recorded answer of the student; with student.baseUrl it is asked'), {
    code: 'not-recorded',
    disposition: 'dead-letter',
  });

/** The student is not paid for what nobody could judge. */
const unasked = (problem: Problem, messages: readonly Message[], student: string, why: string): Graded => {
  const reply: ChatReply = {
    ...{ reasoning: '', answer: '', finish: 'other', journaled: false, simulated: false },
    usage: { promptTokens: 0, completionTokens: 0 },
  };
  const attempt = attemptOf(0, reply, unread('unverifiable', `not asked: the reference cannot be read: ${why}`));
  return { problem, grade: gradeOf(student, [attempt]), messages, attempts: [attempt], simulated: false };
};

const ask = async (
  request: ChatRequest,
  { student, maxTokensRaised }: GradeCapabilities,
  signal: AbortSignal,
): Promise<ChatReply> => {
  if (!student) throw notRecorded();
  const reply = await student(request, signal);
  if (reply.finish !== 'length' || maxTokensRaised === null) return reply;
  return student({ ...request, maxTokens: maxTokensRaised }, signal);
};

/** A truncated or empty answer is wrong, whatever it holds, unless truncated ones are left out. */
const judge = async (
  reply: ChatReply,
  reference: Reference,
  { truncated, verify }: GradeCapabilities,
  signal: AbortSignal,
): Promise<Judgement> => {
  if (reply.finish === 'length') return unread(truncated === 'wrong' ? 'wrong' : 'unverifiable', 'truncated');
  if (reply.finish === 'refused') return unread('wrong', 'refused');
  if (reply.answer.trim() === '') return unread('wrong', 'empty');
  return verify({ reference, response: reply.answer }, signal);
};

const undecided: Judgement = {
  ...{ verdict: 'unverifiable', reason: 'no reference: too few of the votes agree' },
  ...{ extracted: null, found: null, passedShare: null },
};

const unread = (verdict: Verdict, reason: string): Judgement => ({
  verdict,
  reason,
  extracted: null,
  found: null,
  passedShare: null,
});

const attemptOf = (sample: number, reply: ChatReply, judgement: Judgement): Attempt => ({
  sample,
  reasoning: reply.reasoning,
  answer: reply.answer,
  finish: reply.finish,
  ...judgement,
  promptTokens: reply.usage.promptTokens,
  completionTokens: reply.usage.completionTokens,
});

const gradeOf = (student: string, all: readonly Attempt[]): Grade => {
  const attempts = all.filter((attempt) => !isLeftOut(attempt));
  const right = attempts.filter(({ verdict }) => verdict === 'right').length;
  return {
    student,
    verdict: verdictOf(attempts, right),
    attempts: attempts.length,
    right,
    truncated: all.filter(({ finish }) => finish === 'length').length,
    empty: all.filter(({ finish, answer }) => finish === 'stop' && answer.trim() === '').length,
    promptTokens: all.reduce((sum, one) => sum + one.promptTokens, 0),
    completionTokens: all.reduce((sum, one) => sum + one.completionTokens, 0),
  };
};

const isLeftOut = ({ finish, verdict }: Attempt): boolean => finish === 'length' && verdict === 'unverifiable';

const verdictOf = (attempts: readonly Attempt[], right: number): Verdict => {
  if (attempts.length === 0 || attempts.some(({ verdict }) => verdict === 'unverifiable')) return 'unverifiable';
  return right * 2 >= attempts.length ? 'right' : 'wrong';
};
