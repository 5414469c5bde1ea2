import { notesAtWork } from '../../flow/status/notes/live-note.ts';
import { attach } from '../../flow/store/attach.ts';
import { kafkaSettings } from '../../flow/store/kafka-settings.ts';
import { removeRun } from '../../runtime/transports/kafka/topics/run-topics.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { occupiedOn, occupiedText, whateverARunHas } from './occupied.ts';
import { onKafka } from './on-kafka.ts';

/** Deletes a run's own topics, or says what that would delete. Throws a UsageError where a process works on the run. */
export const removeTopics = async (loaded: LoadedConfig, really: boolean): Promise<string> => {
  const { run } = loaded.config;
  const transport = onKafka(loaded);
  const found = await occupiedOn(loaded, transport);
  if (found.topics.length === 0) return `the run "${run}" has no topics under the prefix "${transport.prefix}"`;
  const what = [...found.topics, '', `the run "${run}": ${occupiedText(found)}`];
  if (!really)
    return [...what, 'nothing was deleted; --yes does it, for good (the problems and the journal stay)'].join('\n');
  await refuseAtWork(loaded);
  await removeRun(kafkaSettings(loaded, transport, { runner: false }), whateverARunHas());
  return [...what, 'deleted'].join('\n');
};

const refuseAtWork = async (loaded: LoadedConfig): Promise<void> => {
  // Where some of its topics are gone already, nobody works on it.
  const transport = await attach(loaded).catch(() => null);
  if (transport === null) return;
  try {
    const [note] = await notesAtWork(transport, Date.now());
    if (note === undefined) return;
    const { run } = loaded.config;
    throw new UsageError(`the process ${note.worker} works on the run "${run}": stop it first (nothing was deleted)`);
  } finally {
    await transport.close();
  }
};
