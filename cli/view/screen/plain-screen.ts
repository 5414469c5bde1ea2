import { whoOf } from '../../../flow/status/notes/members.ts';
import type { Status } from '../../../flow/status/status.ts';
import { duration, many, plainLine, rate } from '../../text.ts';
import type { Screen } from './live-screen.ts';

/** So many looks without a change, and the line comes again: who waits for an hour wants to know that it lives. */
const PATIENCE = 12;

/** Where there is no terminal: one line every few seconds where something has changed, and one a minute where not. */
export const plainScreen = (stream: NodeJS.WritableStream): Screen => {
  let before = '';
  let unchanged = 0;
  return {
    everyMilliseconds: 5000,
    show: (status) => {
      const line = lineOf(status);
      unchanged = line === before ? unchanged + 1 : 0;
      const isNews = unchanged % PATIENCE === 0 && status.stages.some((one) => one.done + one.inHand > 0);
      if (!isNews) return;
      before = line;
      stream.write(`${status.seconds === null ? '' : `${duration(status.seconds)}: `}${line}\n`);
    },
    tell: (message) => {
      stream.write(`${message}\n`);
    },
    close: () => {},
  };
};

const lineOf = ({ stages, target, states, etaSeconds, waiting, endpoints }: Status): string => {
  const wanted = target.records === null ? '' : ` of ${target.records}`;
  const done = stages.map((one) => `${one.stage} ${one.done} (${rate(one.perSecond)})`).join('  ');
  const calls = endpoints.reduce((sum, one) => sum + one.inFlight, 0);
  const eta = etaSeconds === null ? '' : `  ETA ${duration(etaSeconds)}`;
  const dead = states.dead > 0 ? `  dead ${states.dead}` : '';
  const blocked = endpoints.find((one) => isBlocked(one));
  const reason = waiting.find((one) => blocked && one.who === whoOf(blocked));
  const why = reason ? `  ${plainLine(reason.who)}: ${plainLine(reason.why)}` : '';
  return `${done}  emitted ${target.emitted}${wanted}  ${many(calls, 'call')} in flight${dead}${eta}${why}`;
};

/** It gets no call through, and work waits for it. */
const isBlocked = ({ phase, inFlight, retrying }: Status['endpoints'][number]): boolean =>
  phase === 'paused' || phase === 'probing' || phase === 'stopped' || (inFlight === 0 && retrying > 0);
