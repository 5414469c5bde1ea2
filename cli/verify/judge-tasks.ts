import type { Verifiers } from '../../flow/wiring/open-verifiers.ts';
import { explainChoice } from '../../verifiers/choice.ts';
import { explainMaths } from '../../verifiers/maths/index.ts';
import type { Judgement, Task } from '../../verifiers/port.ts';
import type { Asked, Label } from './read-task.ts';

/** One output line of `sluice verify`. */
export interface Judged extends Judgement {
  readonly id: string | null;
  readonly milliseconds: number;
  readonly explanation?: unknown;
}

/** `broken`: the line could not be read, or the verifier broke down over it; it is no verdict on the answer. */
export interface Result {
  readonly judged: Judged;
  readonly line: number;
  readonly label: Label;
  readonly broken: boolean;
}

/** At once in the sandbox's hands; results wait for their turn. */
const AT_ONCE = 8;

/** Judges tasks as they come, some at once, and gives the results in the order of the tasks. */
export async function* judgeTasks(
  tasks: AsyncIterable<Asked>,
  verifiers: Verifiers,
  settings: { readonly explain: boolean; readonly signal: AbortSignal; readonly now: () => number },
): AsyncGenerator<Result> {
  const pending: Promise<Result>[] = [];
  for await (const asked of tasks) {
    const judging = judgeOne(asked, verifiers, settings);
    // Whoever waits for an earlier one must not miss that this one failed.
    judging.catch(() => {});
    pending.push(judging);
    if (pending.length >= AT_ONCE) yield (await pending.shift()) as Result;
  }
  for (const judging of pending) yield await judging;
}

const judgeOne = async (
  asked: Asked,
  verifiers: Verifiers,
  { explain, signal, now }: Parameters<typeof judgeTasks>[2],
): Promise<Result> => {
  const { line } = asked;
  if ('fault' in asked) return brokenLine(asked, `line ${line} ${asked.fault}`, 0);
  const began = now();
  try {
    const judgement = await verifiers.verify(asked.task, signal);
    const explanation = explain ? explanationOf(asked.task) : undefined;
    const milliseconds = Math.round((now() - began) * 1000) / 1000;
    const { verdict, reason, extracted, found, passedShare } = judgement;
    const judged = {
      id: asked.id,
      verdict,
      reason,
      extracted,
      found,
      passedShare,
      milliseconds,
      ...(explanation ? { explanation } : {}),
    };
    return { judged, line, label: asked.label, broken: false };
  } catch (error) {
    if ((error as { disposition?: string }).disposition !== 'dead-letter') throw error;
    return brokenLine(asked, `the verifier broke down: ${(error as Error).message}`, now() - began);
  }
};

const brokenLine = ({ id, line, label }: Asked, reason: string, milliseconds: number): Result => ({
  judged: { id, verdict: 'unverifiable', reason, extracted: null, found: null, passedShare: null, milliseconds },
  line,
  label,
  broken: true,
});

/** What the verdict rests on: what was claimed and how it was read; what the comparison was against, for code. */
const explanationOf = ({ reference, response }: Task): unknown => {
  if (reference.domain === 'maths') return explainMaths(reference.answer, response);
  if (reference.domain === 'choice') return explainChoice(reference, response);
  return { answerText: response.slice(-2000), reference };
};
