import type { Transport } from '../../runtime/transport.ts';
import { evaluationTopics } from '../../topologies/topics.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { scan } from '../store/scan.ts';
import { attachEvaluated } from './attach-evaluated.ts';

/** Where the student's answers to the evaluation set came from. */
export interface Reuse {
  /** Asked for in this evaluation. */
  readonly asked: number;
  /** In the journal already, from whichever run. */
  readonly journaled: number;
}

const KEY = 'evaluation-reuse';

/** Adds what one start of the evaluation came to: one that was interrupted goes on. */
export const addReuse = async (transport: Transport, { asked, journaled }: Reuse): Promise<void> => {
  const before = (await keptReuse(transport)) ?? { asked: 0, journaled: 0 };
  const now: Reuse = { asked: before.asked + asked, journaled: before.journaled + journaled };
  // What an earlier start asked for comes from the journal when a later one passes it again: it was asked all the same.
  if (asked + journaled > 0) await transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify(now)));
};

export const keptReuse = async (transport: Transport): Promise<Reuse | undefined> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored && (JSON.parse(Buffer.from(stored).toString()) as Reuse);
};

/**
 * Refuses to compare an evaluation with itself: the same student by name and revision, and not one answer was asked for.
 * Throws a SettingsError that says what to set where the weights have changed.
 */
export const refuseReuse = async (settings: Settings, run: string, transport: Transport): Promise<void> => {
  const reuse = await keptReuse(transport);
  if (!reuse || reuse.asked > 0 || reuse.journaled === 0) return;
  const earlier = await attachEvaluated(settings, run);
  try {
    const student = await studentIn(transport);
    if (student === null || student !== (await studentIn(earlier))) return;
    throw new SettingsError(
      `--against ${run}: both are of the student ${student}, and all ${reuse.journaled} answers came from the journal: nothing was measured anew. Where its weights have changed, give it another student.revision and this run another name`,
    );
  } finally {
    await earlier.close();
  }
};

const studentIn = async (transport: Transport): Promise<string | null> => {
  for await (const { record } of scan(transport, evaluationTopics.levelled)) return record.grade.student;
  return null;
};
