import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Status } from '../../../flow/status/status.ts';
import { drawStatus } from './draw-status.ts';

/** Where a run's progress is shown: redrawn on a terminal, a line now and then elsewhere. */
export interface Screen {
  readonly everyMilliseconds: number;
  show(status: Status): void;
  /** A message that stays. */
  tell(message: string): void;
  close(): void;
}

/** On a terminal: one block at its foot, redrawn. Nothing of it remains when it closes. */
export const liveScreen = (stream: NodeJS.WriteStream, useColor: boolean): Screen => {
  const update = createLogUpdate(stream);
  const color = pc.createColors(useColor);
  let status: Status | null = null;
  let shown: readonly string[] = [];
  const columns = (): number => Math.max(20, stream.columns ?? 80);
  const wrapped = (): number => shown.reduce((rows, line) => rows + rowsOf(line, columns()) - 1, 0);
  const clear = (): void => {
    const above = wrapped();
    update.clear();
    // A window that became narrower has broken the lines: the block begins higher than it was drawn.
    if (above > 0) stream.write(`${UP_AND_ERASE.repeat(above)}\r`);
    shown = [];
  };
  const draw = (): void => {
    if (wrapped() > 0) clear();
    if (status === null) return;
    // What does not fit would scroll away and be drawn twice.
    shown = drawStatus(status, columns(), color, Math.max(3, (stream.rows ?? 24) - 1));
    update(shown.join('\n'));
  };
  return {
    everyMilliseconds: 500,
    show: (now) => {
      status = now;
      draw();
    },
    tell: (message) => {
      clear();
      stream.write(`${message}\n`);
      draw();
    },
    close: () => {
      clear();
      update.done();
      status = null;
    },
  };
};

const UP_AND_ERASE = '\u001b[1A\u001b[2K';

const rowsOf = (line: string, columns: number): number => Math.max(1, Math.ceil(stringWidth(line) / columns));
