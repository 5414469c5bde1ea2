import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The environment that `set-up.sh` made. */
export const environment = process.env.SLUICE_CLOSED_LOOP ?? join(process.env.TMPDIR ?? tmpdir(), 'sluice-closed-loop');

const own = join(environment, 'bin/python');

/** Runs a script of the example to its end, and gives what it printed. Rejects, with what it complained of, if it fails. */
export const python = async (script: string, options: Options): Promise<string> => {
  const child = start(script, options);
  let printed = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint = (complaint + text).slice(-4000)));
  const code = await new Promise((ended, failed) => child.once('error', failed).once('close', ended));
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${complaint}`);
  return printed;
};

export interface Served {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  stop(): void;
}

/**
 * Starts a server of the example, which says its port on its first line.
 * @param interpreter the example's own; another one will do where torch is not needed
 */
export const served = async (script: string, options: Options = {}, interpreter = own): Promise<Served> => {
  const child = start(script, options, interpreter);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint = (complaint + text).slice(-4000)));
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  child.once('close', () => process.off('exit', stop));
  for await (const line of createInterface(child.stdout)) return { url: `http://127.0.0.1:${line}`, stop };
  throw new Error(`${script} did not start: ${complaint}`);
};

export type Options = Readonly<Record<string, string | number>>;

const start = (script: string, options: Options, interpreter = own) =>
  spawn(
    interpreter,
    [
      join(import.meta.dirname, 'python', script),
      ...Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PYTHONPYCACHEPREFIX: join(environment, 'pycache'),
        OMP_NUM_THREADS: '1',
        HF_HUB_OFFLINE: '1',
        TOKENIZERS_PARALLELISM: 'false',
      },
    },
  );
