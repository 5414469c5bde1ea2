import type { Attempt, Cot, Graded, TeacherAttempt } from '../../../schemas/types.ts';
import type { ExportFormat, ExportRow } from '../format/format.ts';
import { cotLine, type Message, withThinking } from './canonical.ts';

/**
 * TRL's DPOTrainer, conversational: the verified answer is preferred over each losing attempt of the teacher and each
 * wrong answer of the student. Cut-off and empty attempts are left out: they would teach length, not reasoning. A pair
 * of which one side alone thinks would teach the tag more than the answer: `thinking` tells it apart.
 */
export const dpo: ExportFormat<'preferences'> = {
  name: 'dpo',
  from: 'preferences',
  title: 'TRL DPOTrainer: prompt, chosen, rejected',
  columns: null,
  rows: ({ cot, graded }, { run }) => {
    const { id, messages, level } = cotLine(cot, run);
    const head = { id, prompt: messages.slice(0, -1), chosen: messages.slice(-1) };
    const lost = [...byTeacher(cot), ...byStudent(graded)];
    return lost.map(
      ({ by, text }): ExportRow => ({
        ...head,
        rejected: [assistant(text)],
        rejected_by: by,
        thinking: thinkingIn(cot.reasoning.trim() !== '', text.startsWith('<think>')),
        level,
      }),
    );
  },
  about: ({ cot }) => cot,
};

/** Which sides of a pair hold reasoning in tags. */
const thinkingIn = (chosen: boolean, rejected: boolean): 'both' | 'chosen' | 'rejected' | 'neither' => {
  if (chosen) return rejected ? 'both' : 'chosen';
  return rejected ? 'rejected' : 'neither';
};

type Losing = { readonly by: 'teacher' | 'student'; readonly text: string };

/** Wrong, or right and not what a record is to be like. */
const losing: readonly string[] = ['unverified', 'unfit'];

const byTeacher = ({ attempts }: Cot): Losing[] =>
  attempts
    .filter((attempt: TeacherAttempt) => losing.includes(attempt.outcome) && attempt.answer !== '')
    .map((attempt) => ({ by: 'teacher', text: withThinking(attempt) }));

const byStudent = (graded: Graded | null): Losing[] =>
  (graded?.attempts ?? [])
    .filter(({ verdict, finish, answer }: Attempt) => verdict === 'wrong' && finish === 'stop' && answer !== '')
    .map((attempt) => ({ by: 'student', text: attempt.reasoning === '' ? attempt.answer : withThinking(attempt) }));

const assistant = (content: string): Message => ({ role: 'assistant', content });
