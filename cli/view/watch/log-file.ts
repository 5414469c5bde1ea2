import { closeSync, constants, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { maskOf } from '../../../llm/mask.ts';

/** A file of JSON lines about what a run does: `{"at", "event", …}`. */
export interface LogFile {
  write(event: string, fields?: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/**
 * Appends to the file. A log that cannot be written stops nothing: `failed` is called once, with the reason.
 * @param secrets texts that never reach the file
 */
export const openLogFile = (
  file: string,
  {
    secrets,
    wall,
    failed,
  }: {
    readonly secrets: readonly string[];
    readonly wall: () => number;
    readonly failed: (message: string) => void;
  },
): LogFile => {
  const mask = maskOf(secrets);
  let descriptor: number | null = null;
  let broken = false;
  const attempt = (work: () => void): void => {
    if (broken) return;
    try {
      work();
    } catch (error) {
      broken = true;
      failed(`${file}: the log cannot be written (${(error as NodeJS.ErrnoException).code ?? error}); the run goes on`);
    }
  };
  attempt(() => {
    mkdirSync(dirname(file), { recursive: true });
    descriptor = openSync(
      file,
      constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW,
      0o600,
    );
  });
  return {
    write: (event, fields = {}) =>
      attempt(() => {
        if (descriptor === null) return;
        const line = JSON.stringify({ at: new Date(wall()).toISOString(), event, ...fields });
        appendLine(descriptor, `${mask(line)}\n`);
      }),
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
      broken = true;
    },
  };
};

/** A full disk takes a part of a line: it is taken back, so that the file holds whole lines alone. */
const appendLine = (descriptor: number, line: string): void => {
  const bytes = Buffer.from(line);
  const taken = writeSync(descriptor, bytes);
  if (taken === bytes.length) return;
  ftruncateSync(descriptor, fstatSync(descriptor).size - taken);
  throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
};
