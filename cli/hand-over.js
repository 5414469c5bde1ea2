// How a Node that is too old hands over to the one that came with the package, in plain JavaScript, so that the older
// one can read it.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Tells the process that took over which of its descriptors ends with the one that was started. */
const LIFELINE = 'SLUICE_LIFELINE';
const DESCRIPTOR = 3;

/** What a person sends to the process that they started is meant for the one that does the work. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGWINCH'];

/**
 * Goes on as `node script …args`: the process that was started becomes it where it can (Node 22.15 and newer), else
 * lives exactly as long: signals, exit codes and a kill of either are those of both.
 * @param {string} node
 * @param {readonly string[]} args
 */
export const handOver = (node, args) => {
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(node, [node, ...args], process.env);
    return;
  }
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, [LIFELINE]: String(DESCRIPTOR) },
    // A group of its own: what a terminal sends comes once, from here.
    detached: process.platform !== 'win32',
  });
  // The other end closes it when it ends; that is told below.
  child.stdio[DESCRIPTOR]?.on('error', () => {});
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  if (process.platform !== 'win32') {
    process.on('SIGTSTP', () => {
      child.kill('SIGSTOP');
      process.kill(process.pid, 'SIGSTOP');
    });
    process.on('SIGCONT', () => child.kill('SIGCONT'));
  }
  child.on('error', (error) => {
    console.error(`sluice: ${node} cannot be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('close', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};

/** In the process that took over: ends at once, whatever it does, when the one that was started is gone. */
export const dieWithLauncher = () => {
  if (process.env[LIFELINE] !== String(DESCRIPTOR)) return;
  delete process.env[LIFELINE];
  const lifeline = new Socket({ fd: DESCRIPTOR, readable: true, writable: false });
  const die = () => process.kill(process.pid, 'SIGKILL');
  lifeline.on('end', die).on('error', die).resume().unref();
};
