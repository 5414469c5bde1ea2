/**
 * Runs one program in JavaScript or TypeScript inside Deno, where every permission is denied, and is killed afterwards.
 *
 * Its input begins with eight hexadecimal digits, how many bytes the job is long, and the job as JSON. Behind it stands
 * what a whole program reads; or, for functions, a line for each call, answered by a line.
 */

import { decode, encode } from './codec.ts';
import { standIns } from './globals.ts';
import { type Find, loadFunctions, runProgram } from './load.ts';
import { readExactly, readLine, writeText } from './streams.ts';

interface Job {
  readonly role: 'functions' | 'script';
  readonly language: 'javascript' | 'typescript';
  readonly source: string;
  /** Bytes that a function may write in vain. */
  readonly output: number;
}

interface Call {
  readonly call: string;
  readonly arguments: readonly unknown[];
}

const { stringify, parse } = JSON;
const leave = standIns();
const size = Number.parseInt(readExactly(8), 16);
const job = parse(readExactly(size)) as Job;
if (job.role === 'script') await runProgram(job);
else await serveFunctions(job);

async function serveFunctions(program: Job): Promise<void> {
  swallowOutput(program.output);
  let find: Find | undefined;
  for (let line = readLine(); line !== null; line = readLine()) {
    if (line === '') continue;
    try {
      const call = parse(line) as Call;
      find ??= await loadFunctions(program);
      const value = await find(call.call)(...call.arguments.map(decode));
      writeText(`${stringify({ value: encode(value) })}\n`);
    } catch (error) {
      writeText(`${stringify({ error: described(error) })}\n`);
    }
  }
  leave(0);
}

/** What a function prints is nobody's answer, but it counts. */
function swallowOutput(most: number): void {
  let written = 0;
  const swallow = (...given: unknown[]) => {
    written += given.reduce((sum: number, one) => sum + (typeof one === 'string' ? one.length : 8), 1);
    if (written <= most) return true;
    writeText(`{"ended":"output"}\n`);
    return leave(0);
  };
  const names = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'];
  Object.assign(console, Object.fromEntries(names.map((name) => [name, swallow])));
  Object.assign(globalThis, { print: swallow });
  const { process } = globalThis as unknown as { process: { stdout: object; stderr: object } };
  for (const stream of [process.stdout, process.stderr]) Object.assign(stream, { write: swallow });
}

function described(error: unknown): { type: string; message: string } {
  try {
    const { name, message } = error as Error;
    return { type: `${name ?? typeof error}`.slice(0, 80), message: `${message ?? error}`.slice(0, 300) };
  } catch {
    return { type: 'Error', message: '' };
  }
}
