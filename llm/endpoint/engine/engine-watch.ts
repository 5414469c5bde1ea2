import type { Clock } from '../../clock.ts';
import { readText } from '../../http/answers/body.ts';
import { watched } from '../../http/answers/watchdog.ts';
import { type Connection, connect } from '../../http/connect/connection.ts';
import type { EndpointSettings } from '../../settings.ts';
import { engineLoad } from './engine-load.ts';
import { startSteering, steer } from './steering.ts';

/** Looks at an engine's own figures while calls are at work there, and says how many it is to get. */
export interface EngineWatch {
  /** Calls at once; the ceiling while the engine says nothing. */
  readonly limit: number;
  readonly why: string;
  /** A call is sent: looks go on as long as there are some. */
  begin(): void;
  close(): Promise<void>;
}

export interface EngineWatchDeps {
  readonly clock: Clock;
  readonly connect?: ((settings: EndpointSettings) => Connection) | undefined;
  readonly inFlight: () => number;
  /** The limit may be another. */
  readonly changed: () => void;
  readonly note: (what: string) => void;
}

const EVERY_MILLISECONDS = 1000;
const patience = { first: 5_000, idle: 5_000, silent: 5_000, whole: 5_000 };

/** @param metricsUrl where the engine serves its figures; a key goes there only where the calls go to the same origin */
export const watchEngine = (settings: EndpointSettings, metricsUrl: string, deps: EngineWatchDeps): EngineWatch => {
  const { clock, inFlight, changed, note } = deps;
  const { origin, pathname, search } = new URL(metricsUrl);
  const isSame = URL.parse(settings.baseUrl)?.origin === origin;
  const access = isSame ? {} : { apiKey: undefined, headers: undefined };
  const connection = (deps.connect ?? connect)({ ...settings, ...access, baseUrl: origin + search, concurrency: 1 });
  const closing = new AbortController();
  const ceiling = settings.concurrency;
  let steering = startSteering(ceiling);
  let isBlind = false;
  let running = false;

  const look = async (): Promise<void> => {
    const text = await watched(closing.signal, patience, async (signal, alive) =>
      readText(await connection.get(pathname, signal), alive),
    );
    const load = engineLoad(text);
    if (load === null) throw new Error('no figures of vLLM, SGLang or llama.cpp stand there');
    steering = steer(steering, load, inFlight(), ceiling);
    isBlind = false;
  };

  const run = async (): Promise<void> => {
    while (inFlight() > 0 && !closing.signal.aborted) {
      await look().catch((error: unknown) => {
        if (closing.signal.aborted) return;
        isBlind = true;
        note(`goes by its answers alone: ${metricsUrl} ${error instanceof Error ? error.message : error}`);
      });
      changed();
      await clock.sleep(EVERY_MILLISECONDS, closing.signal);
    }
  };

  return {
    get limit() {
      return isBlind ? ceiling : steering.limit;
    },
    get why() {
      return steering.why;
    },
    begin() {
      if (running) return;
      running = true;
      run()
        .catch(() => {})
        .finally(() => {
          running = false;
        });
    },
    close: async () => {
      closing.abort();
      await connection.close();
    },
  };
};
