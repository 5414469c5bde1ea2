import { ofLevel } from '../../processors/sampling/places.ts';
import { type TargetSettings, withoutParts } from '../../processors/sampling/target.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { frozenEvaluation } from '../evaluation/evaluated.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { samplerState } from '../status/sampler-state.ts';
import { attach, placeOf } from '../store/attach.ts';
import { scan } from '../store/scan.ts';

/**
 * The shares of another run in the same store, for `target.distribution: { run: NAME }`: those of its target, or what
 * its student showed where that took the supply as it came, or on its evaluation set where it has no target. Undefined
 * where it has none of these yet.
 */
export const otherRunsWeights = async (settings: Settings): Promise<TargetSettings['weights'] | undefined> => {
  const { distribution } = settings.config.target;
  if (typeof distribution !== 'object' || !('run' in distribution)) return undefined;
  return lookAt(settings, ['target', 'distribution', 'run'], distribution.run, async (transport) => {
    const { target, levels: shown } = await samplerState(transport);
    if (!target) return (await frozenEvaluation(transport))?.levels;
    const wanted = withoutParts(target).queues;
    const weightOf = (level: Level) =>
      target.natural ? ofLevel(shown, level) : (wanted.find(({ queue }) => queue === level)?.share ?? 0);
    return Object.fromEntries(levels.map((level) => [level, weightOf(level)])) as Record<Level, number>;
  });
};

/** Ids of the problems that the runs under `target.exclude` have emitted: they are not to come again. */
export const emittedElsewhere = async (settings: Settings): Promise<ReadonlySet<string>> => {
  let found: ReadonlySet<string> = new Set();
  for (const [index, run] of settings.config.target.exclude.entries()) {
    found = found.union(await lookAt(settings, ['target', 'exclude', index], run, emittedIds));
  }
  return found;
};

/** Ids of every problem that a run has emitted. */
const emittedIds = async (transport: Transport): Promise<Set<string>> => {
  const found = new Set<string>();
  for await (const { stored } of scan(transport, topics.cot)) found.add(stored.key);
  return found;
};

const lookAt = async <Result>(
  settings: Settings,
  path: readonly PropertyKey[],
  run: string,
  look: (transport: Transport) => Promise<Result>,
): Promise<Result> => {
  const transport = await attach({ ...settings, config: { ...settings.config, run } }).catch((error) => {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(`${settings.place(path)}: the run "${run}" is not ${placeOf(settings)}`);
  });
  try {
    return await look(transport);
  } finally {
    await transport.close();
  }
};
