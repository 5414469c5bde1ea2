import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord } from '../../runtime/transport.ts';
import { UnreadableRecord } from '../../schemas/codec.ts';

/** The record, or undefined where the bytes are a stranger's: whoever may write to a topic may write anything. */
export const readable = <T>({ codec }: Pick<Topic<T>, 'codec'>, { value }: StoredRecord): T | undefined => {
  try {
    return codec.decode(value);
  } catch (error) {
    if (error instanceof UnreadableRecord) return undefined;
    throw error;
  }
};
