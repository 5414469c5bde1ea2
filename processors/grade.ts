import type { ChatModel, ChatReply, Message } from '../llm/port.ts';
import type { Attempt, Grade, Graded, Problem, Verdict } from '../schemas/types.ts';
import type { Judgement, Reference, Verify } from '../verifiers/port.ts';

export interface GradeCapabilities {
  readonly student: ChatModel;
  /** Model, and @revision where one is set. */
  readonly studentName: string;
  /** Independent attempts at each problem, 1 at least. */
  readonly attempts: number;
  readonly prompt: (problem: Problem) => readonly Message[];
  /** Throws where the problem's reference has no form that a verifier takes: a dead letter. */
  readonly reference: (problem: Problem) => Reference;
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
  ({ student, studentName, attempts, prompt, reference, verify }: GradeCapabilities) =>
  async (problem: Problem, signal: AbortSignal): Promise<Partial<GradeOutputs>> => {
    const measure = reference(problem);
    const messages = prompt(problem);
    const samples = Array.from({ length: attempts }, (_, sample) => sample);
    const made = await Promise.all(
      samples.map(async (sample) => {
        const reply = await student({ problem: problem.id, messages, sample }, signal);
        return { reply, attempt: attemptOf(sample, reply, await judge(reply, measure, verify, signal)) };
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

/** A truncated or empty answer is wrong, whatever it holds. */
const judge = async (
  reply: ChatReply,
  reference: Reference,
  verify: Verify,
  signal: AbortSignal,
): Promise<Judgement> => {
  if (reply.finish === 'length') return wrong('truncated');
  if (reply.finish === 'refused') return wrong('refused');
  if (reply.answer.trim() === '') return wrong('empty');
  return verify({ reference, response: reply.answer }, signal);
};

const wrong = (reason: string): Judgement => ({
  verdict: 'wrong',
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

const gradeOf = (student: string, attempts: readonly Attempt[]): Grade => ({
  student,
  verdict: verdictOf(attempts),
  attempts: attempts.length,
  right: attempts.filter(({ verdict }) => verdict === 'right').length,
  truncated: attempts.filter(({ finish }) => finish === 'length').length,
  empty: attempts.filter(({ finish, answer }) => finish === 'stop' && answer.trim() === '').length,
  promptTokens: attempts.reduce((sum, one) => sum + one.promptTokens, 0),
  completionTokens: attempts.reduce((sum, one) => sum + one.completionTokens, 0),
});

const verdictOf = (attempts: readonly Attempt[]): Verdict => {
  if (attempts.some((attempt) => attempt.verdict === 'unverifiable')) return 'unverifiable';
  const right = attempts.filter((attempt) => attempt.verdict === 'right').length;
  return right * 2 >= attempts.length ? 'right' : 'wrong';
};
