import { vi } from 'vitest';
import { run } from '../../cli/main.ts';
import type { Ended } from '../cli/sluice.ts';

/**
 * Runs a `sluice` command within the test's own process, which is some hundred times faster than a process of its own;
 * one at a time.
 */
export const sluiceHere = async (
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> },
): Promise<Ended> => {
  let stdout = '';
  let stderr = '';
  const before = process.cwd();
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => {
      stdout += `${text}\n`;
    }),
    vi.spyOn(console, 'error').mockImplementation((text) => {
      stderr += `${text}\n`;
    }),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      stdout += text;
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      stderr += text;
      return true;
    }),
  ];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    process.chdir(cwd);
    process.exitCode = undefined;
    await run(args);
    return { code: Number(process.exitCode ?? 0), stdout, stderr };
  } finally {
    process.exitCode = undefined;
    process.chdir(before);
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
};
