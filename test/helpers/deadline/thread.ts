/** A thread beside the tests has its turns whatever they do. What they do it asks as a debugger would. */
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';

/** Past the terminal of the tests, which the waiting thread would have to write. */
const say = (lines: readonly string[]): void => {
  writeSync(2, `${lines.join('\n  at ')}\n`);
};

/** They may hold the output of the tests open, which Vitest would wait for. Empty where the system does not tell. */
const childProcesses = (): number[] => {
  try {
    return readdirSync('/proc/self/task').flatMap((thread) =>
      readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};

const commandOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 300);

const sayStack = (): void => {
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }: { params: Debugger.ScriptParsedEventDataType }) =>
    urls.set(params.scriptId, params.url),
  );
  session.on('Debugger.paused', ({ params }: { params: Debugger.PausedEventDataType }) => {
    const frames = params.callFrames.map((one) => ({
      ...one.location,
      name: one.functionName,
      url: urls.get(one.location.scriptId),
    }));
    // Between two turns of a promise only Node's own is to be seen.
    if (frames.every(({ url }) => url?.startsWith('node:'))) session.post('Debugger.stepInto');
    else say(['its stack:', ...frames.map(({ name, url, lineNumber }) => `${name} ${url}:${lineNumber + 1}`)]);
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
};

await sleep(workerData.minutes * 60_000);
say([`${workerData.file} did not end within ${workerData.minutes} minutes, and is ended here`]);
const children = childProcesses();
say(['its processes:', ...children.map(commandOf)]);
sayStack();
// Where the main thread waits in the kernel it does not answer.
await sleep(2000);
for (const pid of [...children, process.pid]) process.kill(pid, 'SIGKILL');
