import { TransportError } from '../../../errors.ts';

/** Topics that were never made. */
export const absent = (topics: readonly string[]): TransportError =>
  new TransportError(
    'topic-missing',
    `${topics.join(', ')}: not on the broker; \`sluice topics apply\` makes what is missing`,
  );

/** Topics that were there before: what they held cannot be made again. */
export const deleted = (topics: readonly string[]): TransportError =>
  new TransportError(
    'topic-mismatch',
    `${topics.join(', ')}: deleted from the broker while other topics that belong to it are there. Go on under ` +
      'another run name (answers come from the journal, where that was kept), or delete the rest of the run too',
  );

/** A topic of the same name that is not the one that was there before. */
export const replaced = (topic: string): TransportError =>
  new TransportError(
    'topic-mismatch',
    `topic ${topic} is not the one that was there before: it was deleted and made again. Go on under another run ` +
      'name, or delete the rest of the run too; where the whole cluster was copied, delete the topic `<prefix>.topics`',
  );
