import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { drawStatus } from '../../../../cli/view/screen/draw-status.ts';
import { plainScreen } from '../../../../cli/view/screen/plain-screen.ts';
import { busyStatus } from '../../../helpers/busy-status.ts';

const drawn = (columns: number, rows?: number, color = false): string[] =>
  drawStatus(busyStatus(), columns, pc.createColors(color), rows);

describe('a status on a terminal', () => {
  it.each([
    [50, 15],
    [80, 24],
    [160, 45],
  ])('of %i columns and %i rows', async (columns, rows) => {
    await expect(`${drawn(columns, rows - 1).join('\n')}\n`).toMatchFileSnapshot(`./snapshots/${columns}x${rows}.txt`);
  });

  it('is a line where there is no terminal', async () => {
    let piped = '';
    const write = (text: Buffer, _: string, done: () => void): void => {
      piped += text;
      done();
    };
    plainScreen(new Writable({ write })).show(busyStatus());
    await expect(piped).toMatchFileSnapshot('./snapshots/piped.txt');
  });

  it('is the same with colours as without', () => {
    for (const [columns, rows] of [
      [50, 15],
      [160, 45],
    ] as const) {
      const colored = drawn(columns, rows, true);
      expect(colored.join('')).toContain('\u001b');
      expect(colored.map((line) => stripVTControlCharacters(line))).toEqual(drawn(columns, rows));
    }
  });

  it('fits every size, and always tells what is out of order', () => {
    for (let columns = 50; columns <= 200; columns += 15) {
      for (let rows = 14; rows <= 40; rows += 5) {
        const lines = drawn(columns, rows);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
        const text = lines.join('\n');
        for (const word of ['gsm8k-small', 'dead letters', 'paused', 'closed', 'level_3']) expect(text).toContain(word);
      }
    }
  });
});
