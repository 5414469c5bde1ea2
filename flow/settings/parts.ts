import type { Parts } from '../../processors/sampling/target.ts';
import type { Config } from './schema.ts';

/** The parts of the configured target; undefined where it has none. They hold for a run as long as it lives. */
export const partsOf = ({ by }: Config['target']): Parts | undefined => {
  if (by === undefined) return undefined;
  return 'domain' in by ? { by: 'domain', weights: by.domain } : { by: 'source', weights: by.source };
};
