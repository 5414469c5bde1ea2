import type { PartsBy } from '../../processors/sampling/places.ts';
import {
  curriculumWeights,
  readTarget,
  type Target,
  type TargetSettings,
  targetOf,
} from '../../processors/sampling/target.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import { controlRecord } from '../../topologies/control-words.ts';
import { topics } from '../../topologies/topics.ts';
import type { Evaluated } from '../evaluation/evaluated.ts';
import { partsOf } from '../settings/parts.ts';
import type { Config } from '../settings/schema.ts';
import { SettingsError } from '../settings/settings.ts';
import { scan } from '../store/scan.ts';

/** The target as the configuration says it, with the evaluated distribution where it asks for that. */
export const configuredTarget = (
  { target }: Pick<Config, 'target'>,
  evaluated: Evaluated | undefined,
  other: TargetSettings['weights'] | undefined,
): Target => {
  const { records, admit, onShortfall, seed, distribution } = target;
  const parts = partsOf(target);
  return targetOf({
    records: records ?? null,
    admit,
    onShortfall,
    seed,
    weights: weightsOf(distribution, evaluated, other),
    ...(parts && { parts }),
  });
};

/** The weights that the words under `target.distribution` stand for. */
export const weightsOf = (
  distribution: Config['target']['distribution'],
  evaluated: Evaluated | undefined,
  other: TargetSettings['weights'] | undefined,
): TargetSettings['weights'] => {
  if (distribution === 'curriculum') return curriculumWeights;
  if (distribution === 'natural') return 'natural';
  if (distribution === 'evaluated') {
    if (evaluated && evaluated.problems > 0) return evaluated.levels;
    throw new SettingsError('target.distribution: evaluated: the evaluation set gave no level; check evaluation');
  }
  if ('run' in distribution) {
    if (other) return other;
    throw new SettingsError(
      `target.distribution.run: the run "${distribution.run}" has neither a target nor an evaluation yet: run it first`,
    );
  }
  return distribution;
};

/**
 * Says at a start what the run aims at: the target of the configuration, unless that is the one of the last start and
 * `sluice target set` has said another since. It also takes back an earlier stop: a new start is a new chance.
 */
export const resumeTarget = async (transport: Transport, configured: Target): Promise<void> => {
  const table = transport.table('settings');
  const stored = await table.get(KEY, KEY);
  const isAsBefore = stored === undefined || Buffer.from(stored).toString() === JSON.stringify(configured);
  await announceTarget(
    transport,
    (isAsBefore && (await announcedTarget(transport, configured.parts?.by))) || configured,
  );
  await table.put(KEY, KEY, Buffer.from(JSON.stringify(configured)));
};

const KEY = 'configured-target';

/** Says a target on the control topic. */
export const announceTarget = async (transport: Transport, target: Target): Promise<void> => {
  const word = controlRecord({ kind: 'target', settings: JSON.stringify(target) });
  await transport.append([
    { topic: topics.control.name, partition: 0, key: word.kind, value: codecs.control.encode(word), headers: {} },
  ]);
};

/** The last target that was said, whether the sampler has heard it yet or not. */
export const announcedTarget = async (
  transport: Transport,
  by: PartsBy | null | undefined,
): Promise<Target | undefined> => {
  let last: Target | undefined;
  for await (const { record } of scan(transport, topics.control)) {
    if (record.kind === 'target' && record.settings) last = targetIn(record.settings, by) ?? last;
  }
  return last;
};

/** Undefined for what a stranger wrote: the sampler does not take it either. */
const targetIn = (settings: string, by: PartsBy | null | undefined): Target | undefined => {
  try {
    return readTarget(settings, by);
  } catch {
    return undefined;
  }
};
