/** A grader by command that misbehaves where a response says so; it notes its process in the file `pids`. */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

interface Task {
  readonly id: string;
  readonly answer: string;
  readonly response: string;
}

appendFileSync('pids', `${process.pid}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { id, answer, response } = JSON.parse(line) as Task;
  const does = (what: string): boolean => response.includes(`[${what}]`);
  if (does('die')) process.exit(3);
  // Deaf to the end of its input, too.
  if (does('spin')) for (;;);
  if (does('slow')) await new Promise((resolve) => setTimeout(resolve, 200));
  const verdict = does('maybe') ? 'maybe' : response.endsWith(answer) ? 'right' : 'wrong';
  console.log(
    does('garble') ? 'not JSON' : JSON.stringify({ id: does('other') ? 'nobody' : id, verdict, reason: 'compared' }),
  );
}
