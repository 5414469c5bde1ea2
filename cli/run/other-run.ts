import type { TargetSettings } from '../../processors/target.ts';
import type { Level } from '../../schemas/types.ts';
import type { LoadedConfig } from '../config/load.ts';
import { samplerState } from '../look/sampler-state.ts';
import { openTransport } from '../wire/open-transport.ts';

/** The shares of another run's target in the same store, for `target.distribution: { run: NAME }`. */
export const otherRunsWeights = async (loaded: LoadedConfig): Promise<TargetSettings['weights'] | undefined> => {
  const { distribution } = loaded.config.target;
  if (typeof distribution !== 'object' || !('run' in distribution)) return undefined;
  const other = { ...loaded, config: { ...loaded.config, run: distribution.run } };
  const transport = await openTransport(other, { runner: false });
  try {
    const { target } = await samplerState(transport);
    if (!target) return undefined;
    if (target.natural) return 'natural';
    return Object.fromEntries(target.queues.map(({ queue, share }) => [queue, share])) as Record<Level, number>;
  } finally {
    await transport.close();
  }
};
