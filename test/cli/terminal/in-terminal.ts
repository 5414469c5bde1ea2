import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../sluice.ts';
import { terminalScreen } from './terminal-screen.ts';

const helper = join(dirname(fileURLToPath(import.meta.url)), 'in-terminal.py');

/** Whether this machine can make a pseudo-terminal: python3 does it. */
export const hasTerminal = spawnSync('python3', ['-c', 'import pty, termios']).status === 0;

/** Starts `sluice` on a pseudo-terminal. */
export const sluiceInTerminal = (
  args: readonly string[],
  { cwd, columns, env = {} }: { cwd: string; columns: number; env?: Record<string, string> },
) => {
  const out = join(cwd, 'stdout.txt');
  const rows = 50;
  const child = spawn('python3', [helper, String(columns), String(rows), out, process.execPath, command, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = terminalScreen();
  let raw = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    raw += text;
    screen.write(text);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });
  return {
    /** What one would see now. */
    lines: () => screen.lines(),
    /** Every byte that the terminal got. */
    raw: () => raw,
    widest: () => screen.widest(),
    press: (keys: string) => child.stdin.write(keys),
    /** Closes the terminal, which ends what runs in it. */
    kill: () => child.kill('SIGKILL'),
    stdout: () => readFileSync(out, 'utf8'),
    ended,
  };
};
