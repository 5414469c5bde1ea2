import { openTransport } from '../../flow/store/open-transport.ts';
import { everythingOf } from '../../topologies/unwired.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Needed, withMirror } from './needed.ts';
import { onKafka } from './on-kafka.ts';
import { type Format, printTopics } from './print.ts';

export interface ApplyOptions {
  readonly print?: Format | undefined;
  /** Whom the printed rights are for. */
  readonly user: string;
  readonly mirror?: boolean | undefined;
}

/** Makes the topics that are missing and compares the others, or writes all of them down. Gives what to say. */
export const applyTopics = async (loaded: LoadedConfig, { print, user, mirror }: ApplyOptions): Promise<string> => {
  if (mirror) onKafka(loaded);
  const ofRun = everythingOf(loaded.config);
  const needed = mirror ? withMirror(ofRun) : ofRun;
  return print === undefined ? made(loaded, needed) : printTopics(loaded, needed, print, user);
};

const made = async (loaded: LoadedConfig, needed: Needed): Promise<string> => {
  const transport = await openTransport(loaded, { runner: false });
  try {
    await transport.apply(...needed);
  } finally {
    await transport.close();
  }
  const [topics, stages] = needed;
  return `${topics.length + stages.length} topics of the run "${loaded.config.run}" are as they should be`;
};
