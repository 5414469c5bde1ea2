import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
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
  let shown = '';
  return {
    everyMilliseconds: 500,
    show: (status) => {
      const lines = drawStatus(status, Math.max(20, stream.columns ?? 80), color);
      // What does not fit would scroll away and be drawn twice.
      shown = lines.slice(0, Math.max(3, (stream.rows ?? 24) - 1)).join('\n');
      update(shown);
    },
    tell: (message) => {
      update.clear();
      stream.write(`${message}\n`);
      if (shown !== '') update(shown);
    },
    close: () => {
      update.clear();
      update.done();
    },
  };
};
