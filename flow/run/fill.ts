import { DataError } from '../../datasets/error.ts';
import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { type Ingested, ingest } from '../intake/ingest.ts';
import { sealSource } from '../intake/seal-source.ts';
import { type SourceFile, sourceFiles, sourcesOf } from '../intake/source-files.ts';
import { watchSources } from '../intake/watch-sources.ts';
import type { Acceptance } from '../plan/acceptance.ts';
import type { Settings } from '../settings/settings.ts';
import { letterEnds, takeBackLetters } from '../status/letters/take-back-letters.ts';

export interface Filling {
  readonly transport: Transport;
  readonly acceptance: Pick<Acceptance, 'dataSets' | 'findContamination'>;
  readonly signal: AbortSignal;
  readonly follow: boolean;
  readonly tell: (message: string) => void;
}

/** Takes an earlier seal of the problems back; to be awaited before the stages start, or they see the end of then. */
export const openProblems = (transport: Transport): Promise<void> =>
  sealSource(transport, topics.problems.name, topics.control.name, 'open');

/** Says that the problems which are there now are the run's: a replay. */
export const sealProblems = (transport: Transport): Promise<void> =>
  sealSource(transport, topics.problems.name, topics.control.name);

/**
 * Ingests the configuration's problems while the stages work already, and seals them. With `follow` it never seals:
 * it goes on with files that are new or have changed, and a file that cannot be read is told and waited for.
 */
export const fillProblems = async (settings: Settings, filling: Filling): Promise<void> => {
  const { config } = settings;
  const { transport, acceptance, signal } = filling;
  const common = { transport, topic: topics.problems.name, run: config.run, signal, progress: () => {} };
  const take = async (files: readonly SourceFile[]) => {
    const before = await letterEnds(transport);
    const found = await ingest({ ...common, ...acceptance, files });
    await takeBackLetters(transport, config.run, found.read, before);
    say(found, filling);
  };
  const sources = sourcesOf(config.problems, settings, 'train');
  if (!filling.follow) {
    await take(await sourceFiles(sources));
    if (!signal.aborted) await sealProblems(transport);
    return;
  }
  for await (const settled of watchSources(sources, signal)) {
    for (const file of settled) await take([file]).catch((error: unknown) => passOver(error, filling));
  }
};

const passOver = (error: unknown, { tell }: Filling): void => {
  if (!(error instanceof DataError)) throw error;
  tell(`${error.message} It is read once it has changed.`);
};

const say = ({ known, bad, corrected }: Ingested, { tell }: Filling): void => {
  if (known > 0) tell(`${known} of the data files had been read before`);
  if (corrected > 0)
    tell(
      `${corrected} of the problems have changed since their files were read: a run that has begun keeps them as they were, the next one takes them as they are now`,
    );
  if (bad > 0) tell(`${bad} ${bad === 1 ? 'row' : 'rows'} could not be read: see \`sluice dead-letters list\``);
};
