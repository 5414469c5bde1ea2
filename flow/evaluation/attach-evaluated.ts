import { codeOf } from '../../runtime/errors.ts';
import type { Transport } from '../../runtime/transport.ts';
import { evaluationSpecs } from '../../topologies/topics.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { attach } from '../store/attach.ts';

/** Opens the store of another run that was evaluated, to look at it. Throws a SettingsError where it was not. */
export const attachEvaluated = async (settings: Settings, run: string): Promise<Transport> => {
  const earlier = await attach({ ...settings, config: { ...settings.config, run } });
  try {
    await earlier.check(evaluationSpecs);
    return earlier;
  } catch (error) {
    await earlier.close();
    if (codeOf(error) !== 'topic-missing') throw error;
    throw new SettingsError(`--against ${run}: the run has no evaluation; make one with \`sluice evaluate\``);
  }
};
