import type { ChatModel, ChatReply, ChatRequest, Message } from '../llm/port.ts';
import type { Attempt, Grade, Graded, Problem, Verdict } from '../schemas/types.ts';
import type { Judgement, Reference, Verify } from '../verifiers/port.ts';
import type { RecordedAnswers } from './recorded.ts';

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
    const { studentName, attempts } = capabilities;
    const measure = capabilities.reference(problem);
    const messages = capabilities.prompt(problem);
    const why = capabilities.unreadable(problem, measure);
    if (why !== null) return { unverifiable: unasked(problem, messages, studentName, why) };
    const there = (capabilities.recorded?.(problem) ?? []).slice(0, attempts);
    const count = capabilities.student ? attempts : there.length;
    if (count === 0) throw notRecorded();
    const made = await Promise.all(
      Array.from({ length: count }, async (_, sample) => {
        const request = { problem: problem.id, messages, sample: sample - there.length };
        const reply = there[sample]?.() ?? (await ask(request, capabilities, signal));
        return { reply, attempt: attemptOf(sample, reply, await judge(reply, measure, capabilities, signal)) };
      }),
    );
    const judged = made.map(({ attempt }) => attempt);
    const graded: Graded = {
      problem,
      grade: gradeOf(studentName, judged),
      messages,
      attempts: judged,
      simulated: made.some(({ reply }) => reply.simulated),
    };
    return graded.grade.verdict === 'unverifiable' ? { unverifiable: graded } : { graded };
  };

const notRecorded = (): Error =>
  Object.assign(new Error('there is no recorded answer of the student; with student.baseUrl it is asked'), {
    code: 'not-recorded',
    fate: 'dead-letter',
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
