import { UsageError } from '../../cli/config/error.ts';
import type { LoadedConfig } from '../../cli/config/load.ts';
import { count } from '../../processors/counts.ts';
import type { TargetSettings } from '../../processors/target.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { frozenEvaluation } from '../evaluation/evaluated.ts';
import { emittedIds } from '../outputs/compare.ts';
import { samplerState } from '../status/sampler-state.ts';
import { attach, placeOf } from '../store/attach.ts';

/**
 * The shares of another run in the same store, for `target.distribution: { run: NAME }`: those of its target, or what
 * its student showed where that took the supply as it came, or on its evaluation set where it has no target. Undefined
 * where it has none of these yet.
 */
export const otherRunsWeights = async (loaded: LoadedConfig): Promise<TargetSettings['weights'] | undefined> => {
  const { distribution } = loaded.config.target;
  if (typeof distribution !== 'object' || !('run' in distribution)) return undefined;
  return lookAt(loaded, ['target', 'distribution', 'run'], distribution.run, async (transport) => {
    const { target, levels: shown } = await samplerState(transport);
    if (!target) return (await frozenEvaluation(transport))?.levels;
    const weightOf = (level: Level) =>
      target.natural ? count(shown, level) : (target.queues.find(({ queue }) => queue === level)?.share ?? 0);
    return Object.fromEntries(levels.map((level) => [level, weightOf(level)])) as Record<Level, number>;
  });
};

/** Ids of the problems that the runs under `target.exclude` have emitted: they are not to come again. */
export const emittedElsewhere = async (loaded: LoadedConfig): Promise<ReadonlySet<string>> => {
  let found: ReadonlySet<string> = new Set();
  for (const [index, run] of loaded.config.target.exclude.entries()) {
    found = found.union(await lookAt(loaded, ['target', 'exclude', index], run, emittedIds));
  }
  return found;
};

const lookAt = async <Result>(
  loaded: LoadedConfig,
  path: readonly PropertyKey[],
  run: string,
  look: (transport: Transport) => Promise<Result>,
): Promise<Result> => {
  const transport = await attach({ ...loaded, config: { ...loaded.config, run } }).catch((error) => {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${loaded.place(path)}: the run "${run}" is not ${placeOf(loaded)}`);
  });
  try {
    return await look(transport);
  } finally {
    await transport.close();
  }
};
