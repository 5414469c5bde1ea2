import type { ChildProcess } from 'node:child_process';

/** The next word of a child; rejects where it ends before. */
export const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done, fail) => {
    const ended = (code: number | null) => fail(new Error(`ended with ${code} before it said anything`));
    child.once('exit', ended);
    child.once('message', (value) => {
      child.off('exit', ended);
      done(value as T);
    });
  });
