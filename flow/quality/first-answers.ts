import type { ChatModel } from '../../llm/port.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Grade } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { SettingsError } from '../settings/settings.ts';
import { samplerState } from '../status/sampler-state.ts';
import { isSealed } from '../store/is-sealed.ts';
import { readable } from '../store/scan.ts';

/** So many answers say whether the student's settings fit its server. */
const FIRST = 20;
/** Of fewer nothing is concluded. */
const LEAST = 5;

export interface FirstAnswers {
  readonly transport: Transport;
  /** False: a run that never ends waits for none; it looks at those that are there. */
  readonly waits: boolean;
  readonly stopping: AbortSignal;
}

/**
 * The teacher, who is asked nothing before the student's first answers were looked at: where most of them were cut off,
 * or hold no answer, the levels would say little, and a SettingsError says what to change. Nothing is held up where
 * the teacher has answered before.
 */
export const afterFirstAnswers = (settings: FirstAnswers): ((teacher: ChatModel) => ChatModel) => {
  let looked: Promise<void> | undefined;
  return (teacher) => async (request, signal) => {
    looked ??= lookAt(settings);
    await looked;
    return teacher(request, signal);
  };
};

const lookAt = async (settings: FirstAnswers): Promise<void> => {
  const { transport } = settings;
  if (await hasAnswered(transport)) return;
  const grades = await firstGrades(settings);
  if (grades.length < LEAST) return;
  refuseWorthless({
    attempts: grades.reduce((sum, one) => sum + Math.max(one.attempts, one.truncated), 0),
    truncated: grades.reduce((sum, one) => sum + one.truncated, 0),
    empty: grades.reduce((sum, one) => sum + one.empty, 0),
  });
};

/** Throws a SettingsError where most of the student's first answers say nothing. */
const refuseWorthless = ({ attempts, truncated, empty }: Counted): void => {
  const first = `of the student's first ${attempts} answers`;
  const anyway = 'nothing was asked of the teacher yet; --yes goes on all the same';
  if (truncated * 2 > attempts) {
    throw new SettingsError(
      `student.maxTokens: ${truncated} ${first} were cut off: they count as wrong without being hard. Raise student.maxTokens, or set student.onTruncated to raise or leave-out; ${anyway}`,
    );
  }
  if (empty * 2 > attempts) {
    throw new SettingsError(
      `student: ${empty} ${first} hold nothing after the reasoning. See how its server gives the answer (sluice inspect ID shows one); ${anyway}`,
    );
  }
};

interface Counted {
  attempts: number;
  truncated: number;
  empty: number;
}

/**
 * A student whose answers are counted, and a voter who is asked nothing more once most of the first are worth nothing:
 * votes come before there are grades to look at.
 */
export const beforeVotes = () => {
  const counted: Counted = { attempts: 0, truncated: 0, empty: 0 };
  return {
    student:
      (student: ChatModel): ChatModel =>
      async (request, signal) => {
        const reply = await student(request, signal);
        // What lies in the journal was looked at when it came.
        if (reply.journaled) return reply;
        counted.attempts++;
        if (reply.finish === 'length') counted.truncated++;
        else if (reply.finish === 'stop' && reply.answer.trim() === '') counted.empty++;
        return reply;
      },
    voter:
      (voter: ChatModel): ChatModel =>
      async (request, signal) => {
        if (counted.attempts >= LEAST && counted.attempts <= FIRST) refuseWorthless(counted);
        return voter(request, signal);
      },
  };
};

const hasAnswered = async (transport: Transport): Promise<boolean> => {
  for (const { name } of [topics.cot, topics.rejected]) {
    if ((await transport.ends(name)).some((end) => end > 0)) return true;
  }
  return false;
};

/** Waits until there are enough, or no more are to come. */
const firstGrades = async ({ transport, waits, stopping }: FirstAnswers): Promise<Grade[]> => {
  for (;;) {
    const grades = await gradesSoFar(transport);
    if (grades.length >= FIRST || !waits || stopping.aborted) return grades;
    const { intake } = await samplerState(transport);
    if (!intake || (await isSealed(transport, topics.graded.name))) return grades;
    await transport.grown([topics.graded.name], 200, stopping);
  }
};

const gradesSoFar = async (transport: Transport): Promise<Grade[]> => {
  const found: Grade[] = [];
  for (const partition of (await transport.ends(topics.graded.name)).keys()) {
    for (const stored of await transport.read(topics.graded.name, partition, 0, FIRST - found.length)) {
      const record = readable(topics.graded, stored);
      if (record) found.push(record.grade);
    }
    if (found.length >= FIRST) break;
  }
  return found;
};
