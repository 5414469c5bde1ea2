import type { Status } from '../look/status.ts';
import type { Screen } from './live-screen.ts';
import { duration, plainLine, rate } from './text.ts';

/** Where there is no terminal: one line every few seconds, and only if something has changed. */
export const plainScreen = (stream: NodeJS.WritableStream): Screen => {
  let before = '';
  return {
    everyMilliseconds: 5000,
    show: (status) => {
      const line = lineOf(status);
      if (line === before || status.stages.every((one) => one.done === 0)) return;
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
  const halted = endpoints.some((one) => one.phase === 'paused' || one.phase === 'stopped');
  const why = halted ? `  ${waiting.map((one) => `${one.who}: ${plainLine(one.why)}`)[0] ?? ''}` : '';
  return `${done}  emitted ${target.emitted}${wanted}  ${calls} calls in flight${dead}${eta}${why}`;
};
