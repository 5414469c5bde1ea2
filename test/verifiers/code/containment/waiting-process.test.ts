import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const guest = fileURLToPath(new URL('../../../../verifiers/code/guest', import.meta.url));
const bwrap = fileURLToPath(new URL('../../../../verifiers/code/sandbox/bwrap', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** What a forked process does while it has no job, without the confinement that the machine may not have. */
const WAITING = `
import sys
sys.path[:0] = [${JSON.stringify(guest)}, ${JSON.stringify(bwrap)}]
import child
print("waits", flush=True)
print(child.wait_for_job(0)["source"], flush=True)
child.take_input()
print(sys.stdin.read())
`;

const waiting = async (written: string) => {
  const process = spawn('python3', ['-c', WAITING], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  const waits = new Promise<void>((resolve) =>
    process.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (said.includes('waits')) resolve();
    }),
  );
  const ended = new Promise<number | null>((resolve) => process.on('close', resolve));
  await waits;
  process.stdin.on('error', () => {}).end(written);
  return { code: await ended, said };
};

const framed = (text: string) => Buffer.byteLength(text).toString(16).padStart(8, '0') + text;
const job = framed(JSON.stringify({ source: 'a program' }));

describe.skipIf(!hasPython)('a process that waits for its job', () => {
  it.each([
    ['before it says anything', ''],
    ['in the middle of a length', job.slice(0, 5)],
    ['in the middle of a job', job.slice(0, 20)],
    ['in the middle of an input', `${job}${framed('a long input').slice(0, 12)}`],
  ])('ends where the one who writes it is gone %s', async (_when, written) => {
    const { code, said } = await waiting(written);
    expect(code).toBe(70);
    expect(said).not.toContain('long input');
  });

  it('takes a job and an input that are whole', async () => {
    const { code, said } = await waiting(`${job}${framed('a long input')}`);
    expect([code, said]).toEqual([0, 'waits\na program\na long input\n']);
  });
});
