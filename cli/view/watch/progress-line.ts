import { createLogUpdate } from 'log-update';
import type { EndpointNote } from '../../../flow/status/notes/live-note.ts';
import { duration, many, plainLine } from '../../text.ts';
import { cut } from '../screen/columns.ts';

/** How far a command is, in one line: redrawn on a terminal, elsewhere printed now and then where it has changed. */
export interface ProgressLine {
  /** A message that stays. */
  readonly tell: (message: string) => void;
  /** Resolves when nothing more is written. */
  readonly close: () => Promise<void>;
}

const EVERY_MILLISECONDS = { terminal: 500, elsewhere: 5000 };

/** @param describe what follows the time since the beginning; where it rejects, the line stays as it was */
export const progressLine = (stream: NodeJS.WriteStream, describe: () => Promise<string>): ProgressLine => {
  const began = performance.now();
  const update = stream.isTTY ? createLogUpdate(stream) : null;
  let before: string | null = null;
  let shown: Promise<void> = Promise.resolve();
  const show = async (): Promise<void> => {
    const now = await describe().catch(() => before);
    if (now === null) return;
    const line = `${duration((performance.now() - began) / 1000)}: ${now}`;
    if (update) update(cut(line, stream.columns ?? 80));
    else if (now !== before) stream.write(`${line}\n`);
    before = now;
  };
  const timer = setInterval(
    () => {
      shown = shown.then(show);
    },
    update ? EVERY_MILLISECONDS.terminal : EVERY_MILLISECONDS.elsewhere,
  );
  return {
    tell: (message) => {
      update?.clear();
      stream.write(`${message}\n`);
    },
    close: async () => {
      clearInterval(timer);
      await shown;
      update?.clear();
      update?.done();
    },
  };
};

/** What each endpoint has in flight, and why it holds back. */
export const callsOf = (endpoints: readonly EndpointNote[]): string =>
  endpoints
    .map(({ role, member, inFlight, limit, why, fault }) => {
      const name = member === null ? role : `${role} ${plainLine(member)}`;
      const because = why ?? fault;
      return `${name}: ${inFlight} of ${many(limit, 'call')} in flight${because ? ` (${plainLine(because)})` : ''}`;
    })
    .join('; ');
