import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { liveScreen } from '../../../../cli/view/screen/live-screen.ts';
import { busyStatus } from '../../../helpers/busy-status.ts';
import { terminalScreen } from '../../terminal/terminal-screen.ts';

/** A window whose size changes, with what one sees in it. */
const window = (columns: number, rows: number) => {
  const seen = terminalScreen();
  const write = (text: Buffer, _: string, done: () => void): void => {
    // As the terminal's driver does.
    seen.write(text.toString().replaceAll('\n', '\r\n'));
    done();
  };
  const stream = Object.assign(new Writable({ write }), { columns, rows, isTTY: true });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    resize: (now: number, high: number): void => {
      Object.assign(stream, { columns: now, rows: high });
      seen.reflow(now);
    },
    text: (): string[] => seen.lines().filter((line) => line !== ''),
  };
};

describe('the block at the foot of a terminal', () => {
  it('leaves nothing behind when the window becomes smaller, larger, or the run ends', () => {
    const { stream, resize, text } = window(160, 45);
    const screen = liveScreen(stream, false);
    screen.tell('a message that stays');
    for (const [columns, rows] of [
      [160, 45],
      [80, 24],
      [50, 15],
      [160, 45],
      [50, 45],
    ] as const) {
      resize(columns, rows);
      screen.show(busyStatus());
      const lines = text();
      expect(
        lines.filter((line) => line.startsWith('gsm8k-small')),
        `${columns} columns`,
      ).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('level_5'))).toHaveLength(1);
      expect(lines.slice(0, 2)).toEqual(['a message that stays', expect.stringMatching(/^gsm8k-small {2}running/)]);
      expect(lines.length - 1).toBeLessThan(rows);
    }
    resize(30, 15);
    screen.tell('another one');
    expect(text().slice(0, 2)).toEqual(['a message that stays', 'another one']);
    screen.close();
    expect(text()).toEqual(['a message that stays', 'another one']);
  });
});
