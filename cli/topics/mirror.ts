import { mirrorCot, mirrorSpec } from '../../flow/outputs/mirror-cot.ts';
import { attach } from '../../flow/store/attach.ts';
import type { LoadedConfig } from '../config/load.ts';
import { listenToSignals } from '../signals.ts';
import { many } from '../text.ts';
import { onKafka } from './on-kafka.ts';

/** Mirrors `cot` as JSON, and says what was written. Gives the exit status: 1 where records were left out. */
export const mirrorTopic = async (loaded: LoadedConfig, follow: boolean): Promise<number> => {
  const { prefix } = onKafka(loaded);
  const { run } = loaded.config;
  const tell = (message: string) => console.error(message);
  const signals = listenToSignals(tell);
  const outdated = new AbortController();
  let exitCode = 0;
  try {
    const transport = await attach(besideARun(loaded), {
      ...{ runner: true, stages: ['mirror'], signal: signals.stopping },
      outdated: (error) => outdated.abort(error),
      log: (level, message) => level === 'warn' && tell(message),
    });
    try {
      const written = await mirrorCot(transport, {
        ...{ run, follow },
        stopping: AbortSignal.any([signals.stopping, outdated.signal]),
        leftOut: (message) => {
          exitCode = 1;
          tell(`left out: ${message}`);
        },
      });
      outdated.signal.throwIfAborted();
      console.log(`${prefix}.${run}.${mirrorSpec.name}: ${many(written, 'record')} more`);
    } finally {
      await transport.close();
    }
  } finally {
    signals.release();
  }
  return signals.exitCode() || exitCode;
};

/** A process of the run may have the name that the configuration gives. */
const besideARun = (loaded: LoadedConfig): LoadedConfig => {
  const { config } = loaded;
  const { instanceId, ...transport } = onKafka(loaded);
  if (instanceId === undefined) return loaded;
  return { ...loaded, config: { ...config, transport: { ...transport, instanceId: `${instanceId}-mirror` } } };
};
