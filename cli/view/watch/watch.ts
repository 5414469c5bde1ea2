import { resolve } from 'node:path';
import type { World } from '../../../flow/run/run.ts';
import { serversOut, whoOf } from '../../../flow/status/notes/members.ts';
import type { Status } from '../../../flow/status/status.ts';
import { type Moment, timeline } from '../../../flow/status/timeline.ts';
import type { TransportLog } from '../../../flow/store/open-how.ts';
import type { EndpointState } from '../../../llm/endpoint/endpoint.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { plainLine } from '../../text.ts';
import { version } from '../../version.ts';
import { plainScreen } from '../screen/plain-screen.ts';
import { openFigures } from './figures.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { observer } from './observer.ts';

/** Everything that shows a run while it goes on: screen, log, metrics, and the note that `sluice status` reads. */
export interface View {
  readonly observe: (event: RuntimeEvent) => void;
  readonly tell: (message: string) => void;
  /** What the transport says: all but the noise into the log, what needs somebody on the screen too. */
  readonly log: TransportLog;
  readonly began: (world: World) => void;
  readonly drain: () => void;
  /** While the store is still open. */
  readonly ending: () => Promise<void>;
  /** How it went so far, as it was seen here. */
  readonly moments: () => readonly Moment[];
  readonly close: () => void;
}

export interface WatchSettings {
  /** `HOST:PORT` for `/metrics` and `/healthz`. */
  readonly listen?: string | undefined;
  readonly stream: NodeJS.WriteStream;
  readonly useColor: boolean;
}

const LOG_STATUS_EVERY_MILLISECONDS = 30_000;

export const watchRun = async (loaded: LoadedConfig, settings: WatchSettings): Promise<View> => {
  const { config } = loaded;
  const { stream } = settings;
  const screen = stream.isTTY ? await live(stream, settings.useColor) : plainScreen(stream);
  const seen = observer(config, { now: () => performance.now(), wall: () => Date.now() });
  const course = timeline();
  let log: LogFile | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const out = new Set<string>();
  let phases = '';
  let loggedAt = Number.NEGATIVE_INFINITY;

  const show = (status: Status): void => {
    screen.show(status);
    course.note(status);
    const now = status.endpoints.map(({ role, model, member, phase }) => `${role} ${model} ${member} ${phase}`).join();
    if (now !== phases) for (const endpoint of status.endpoints) log?.write('endpoint', endpointFields(endpoint));
    phases = now;
    for (const server of serversOut(status.endpoints)) {
      const who = whoOf(server);
      if (!out.has(who)) screen.tell(`${plainLine(who)} is out, the others go on: ${plainLine(server.why ?? '')}`);
      out.add(who);
    }
    if (performance.now() - loggedAt < LOG_STATUS_EVERY_MILLISECONDS) return;
    loggedAt = performance.now();
    log?.write('status', { ...status });
  };
  const look = async (): Promise<void> => {
    try {
      const status = await seen.look();
      if (status) show(status);
    } catch (error) {
      // The run meets the same fault and says so; the view is not to end it.
      log?.write('view-failed', { message: String(error) });
    }
  };
  const tick = (): void => {
    looking = look().then(() => {
      timer = setTimeout(tick, screen.everyMilliseconds);
    });
  };
  const figures = await openFigures(loaded, seen, settings.listen, screen.tell);

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    observe: (event) => {
      seen.observe(event);
      figures?.observe(event);
      if (isWorthALine(event)) log?.write(event.kind, { ...event, kind: undefined });
    },
    tell: (message) => {
      screen.tell(message);
      log?.write('message', { message });
    },
    log: (level, message) => {
      if (level === 'debug') return;
      log?.write('transport', { level, message });
      if (level === 'warn') screen.tell(message);
    },
    began: (world) => {
      const file = resolve(loaded.folder, config.transport.path, `${config.run}.log.jsonl`);
      log = openLogFile(file, { secrets: loaded.secrets, wall: () => Date.now(), failed: screen.tell });
      log.write('began', { run: config.run, version: version(), process: process.pid });
      seen.begin(world);
      tick();
    },
    drain: () => {
      seen.drain();
      log?.write('draining');
    },
    ending: async () => {
      await looking;
      stop();
      await seen.end().catch(() => {});
      await figures?.flush();
      if (seen.last) log?.write('ended', { ...seen.last });
    },
    moments: course.moments,
    close: () => {
      stop();
      screen.close();
      figures?.close();
      log?.close();
    },
  };
};

const live = async (stream: NodeJS.WriteStream, useColor: boolean) =>
  (await import('../screen/live-screen.ts')).liveScreen(stream, useColor);

/** Not what happens once a record. */
const isWorthALine = ({ kind }: RuntimeEvent): boolean =>
  ['assigned', 'lost', 'rebalanced', 'sealed', 'intake', 'dead-letter'].includes(kind);

const endpointFields = ({ model, member, phase, why, limit, inFlight, waiting, faults }: EndpointState) => ({
  model,
  member,
  phase,
  why,
  limit,
  inFlight,
  waiting,
  faults,
});
