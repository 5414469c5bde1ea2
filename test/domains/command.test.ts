import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openDomain } from './judging.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-grader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Says right where the response is the answer, and misbehaves where a response says so.
writeFileSync(
  join(folder, 'grader.mjs'),
  `import { appendFileSync } from 'node:fs';
   import { createInterface } from 'node:readline';
   appendFileSync('pids', process.pid + '\\n');
   for await (const line of createInterface({ input: process.stdin })) {
     const { id, answer, response } = JSON.parse(line);
     if (response === 'die') process.exit(3);
     if (response === 'hang') await new Promise(() => setInterval(() => {}, 1000));
     if (response === 'garble') { console.log('not JSON'); continue; }
     if (response === 'flood') { process.stdout.write('x'.repeat(3_000_000)); continue; }
     if (response === 'other') { console.log(JSON.stringify({ id: 'nobody', verdict: 'right' })); continue; }
     if (response === 'maybe') { console.log(JSON.stringify({ id, verdict: 'maybe' })); continue; }
     if (response === 'twice') console.log(JSON.stringify({ id, verdict: 'right' }));
     if (response === 'complain') { console.error('out of cheese'); process.exit(1); }
     console.log(JSON.stringify({ id, verdict: response === answer ? 'right' : 'wrong', reason: 'compared' }));
   }`,
);
const settings = { kind: 'command', command: [process.execPath, 'grader.mjs'], workers: 3, timeoutSeconds: 2 };
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a grader by command', () => {
  it('gives its own verdicts, whatever becomes of some of its processes', async () => {
    const domain = await openDomain(settings, folder);
    const bad = ['die', 'garble', 'flood', 'other', 'maybe', 'complain'];
    const asked = Array.from({ length: 2000 }, (_, index) => {
      const response = index % 250 === 100 ? (bad[(index - 100) / 250] ?? 'die') : String(index % 3);
      return { response, judged: domain.judge({ statement: `Problem ${index}`, answer: '1' }, response) };
    });
    const results = await Promise.allSettled(asked.map(({ judged }) => judged));
    for (const [index, { response }] of asked.entries()) {
      const verdict = { verdict: response === '1' ? 'right' : 'wrong', reason: 'compared' };
      if (bad.includes(response)) expect(results[index]).toMatchObject({ reason: { disposition: 'dead-letter' } });
      else expect(results[index]).toMatchObject({ value: verdict });
    }
    await domain.close();
    for (const pid of readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number)) {
      for (let tries = 0; tries < 300 && isAlive(pid); tries++) await sleep(10);
      expect(isAlive(pid)).toBe(false);
    }
  });

  it('is given up over a task that hangs, and started anew for the next', async () => {
    const domain = await openDomain({ ...settings, workers: 1, timeoutSeconds: 0.5 }, folder);
    const hung = domain.judge({ answer: '1' }, 'hang');
    const next = domain.judge({ answer: '1' }, '1');
    await expect(hung).rejects.toMatchObject({ code: 'grader-timeout', disposition: 'dead-letter' });
    expect(await next).toMatchObject({ verdict: 'right' });
    await domain.close();
  });

  it('gives no verdict of one task to another where it answers twice', async () => {
    const domain = await openDomain({ ...settings, workers: 1 }, folder);
    expect(await domain.judge({ answer: '1' }, 'twice')).toMatchObject({ verdict: 'right' });
    await sleep(50);
    expect(await domain.judge({ answer: '1' }, '2')).toMatchObject({ verdict: 'wrong' });
    await domain.close();
  });

  it('tells what it wrote on stderr', async () => {
    const domain = await openDomain(settings, folder);
    await expect(domain.judge({ answer: '1' }, 'complain')).rejects.toThrow('out of cheese');
    await domain.close();
  });

  it('that cannot be started says so', async () => {
    const domain = await openDomain({ ...settings, command: ['no-such-grader'] }, folder);
    await expect(domain.judge({ answer: '1' }, '1')).rejects.toThrow('cannot be started');
    await domain.close();
  });
});

it('the grader of the documentation judges', async () => {
  const domain = await openDomain({ kind: 'command', command: ['python3', 'grader.py'] }, resolve('examples/grader'));
  expect(await domain.judge({ answer: 3 }, 'Take 101.')).toMatchObject({ verdict: 'right', extracted: '101' });
  expect(await domain.judge({ answer: 3 }, 'Take 111.')).toMatchObject({ verdict: 'wrong' });
  expect(await domain.judge({ answer: 3 }, 'None.')).toMatchObject({ verdict: 'wrong', reason: 'no number' });
  await domain.close();
});
