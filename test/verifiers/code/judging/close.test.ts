import { expect, it, vi } from 'vitest';
import { judgeProgram, type Terms } from '../../../../verifiers/code/judging/judge-program.ts';
import type { Limits, Reply, Sandbox } from '../../../../verifiers/code/sandbox/port.ts';
import type { Sandboxes } from '../../../../verifiers/code/sandbox/sandboxes.ts';
import { createSlots } from '../../../../verifiers/code/sandbox/slots.ts';
import { codeTask, fenced, never, runners, startSandbox } from '../support.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const tests = { kind: 'stdin' as const, cases: [{ input: '3', output: '9' }], timeLimitSeconds: 2 };
const printed: Reply = {
  kind: 'line',
  line: JSON.stringify({ status: 0, output: Buffer.from('9').toString('base64') }),
};

/** A place whose one program is answered like this; remembers the limits that it was given. */
function placeOf(reply: Reply): { sandboxes: Sandboxes; given: Limits[] } {
  const given: Limits[] = [];
  const sandbox: Sandbox = {
    ...{ name: 'bwrap', guarantees: [], timeScale: 1, reuses: false, close: async () => {} },
    open: async (_, limits) => {
      given.push(limits);
      return { ask: async () => [reply], askLast: async () => [reply], close: async () => {} };
    },
  };
  return { given, sandboxes: { python: sandbox, refused: [], of: async () => sandbox, close: async () => {} } };
}

const judge = async (sandboxes: Sandboxes, run: Terms['run']) => {
  const { reference, response } = codeTask(tests, fenced('print(9)'));
  if (reference.domain !== 'code') throw new TypeError('no code');
  const defaults = { timeSeconds: 8, memoryMb: 512, outputBytes: 1_000_000 };
  return judgeProgram(sandboxes, reference, response, { defaults, run, signal: never });
};

it('in company a program may pass its limit a little, and is told to be close; alone it may not', async () => {
  const close = placeOf({ ...printed, close: true });
  expect(await judge(close.sandboxes, 'in company')).toMatchObject({ verdict: 'right', close: true });
  expect(close.given).toEqual([{ timeSeconds: 2, memoryMb: 512, outputBytes: 1_000_000, grace: 1.25 }]);

  const clear = placeOf(printed);
  expect(await judge(clear.sandboxes, 'alone')).toMatchObject({ verdict: 'right', close: false });
  expect(clear.given).toEqual([{ timeSeconds: 2, memoryMb: 512, outputBytes: 1_000_000 }]);
});

it('a program that the clock ended on a busy machine is close, one that used its time is not', async () => {
  const ending: Reply = { kind: 'ended', cause: 'time', detail: 'more than 8 s' };
  const starved = placeOf({ ...ending, close: true });
  expect(await judge(starved.sandboxes, 'in company')).toMatchObject({ verdict: 'wrong', close: true });
  expect(await judge(placeOf(ending).sandboxes, 'in company')).toMatchObject({ verdict: 'wrong', close: false });
});

it('who runs alone waits for the others, goes before those who wait, and lets them in afterwards', async () => {
  const slots = createSlots(2);
  const events: string[] = [];
  const gates = new Map<string, () => void>();
  const task = (name: string) => () =>
    new Promise<void>((resolve) => {
      events.push(`${name} begins`);
      gates.set(name, () => {
        events.push(`${name} ends`);
        resolve();
      });
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const all = [slots.run(never, task('a')), slots.run(never, task('b')), slots.run(never, task('late'))];
  all.push(slots.alone(never, task('alone')), slots.alone(never, task('second')));
  await turn();
  for (const name of ['a', 'b', 'alone', 'late', 'second']) {
    gates.get(name)!();
    await turn();
  }
  await Promise.all(all);
  const order = ['a begins', 'b begins', 'a ends', 'b ends', 'alone begins', 'alone ends'];
  expect(events).toEqual([...order, 'late begins', 'late ends', 'second begins', 'second ends']);
});

it('who gives up waiting to be alone leaves its places to the others', async () => {
  const slots = createSlots(2);
  const leaving = new AbortController();
  let end = () => {};
  const first = slots.run(
    never,
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const alone = slots.alone(leaving.signal, async () => 'never');
  leaving.abort(new Error('gone'));
  await expect(alone).rejects.toThrow('gone');
  expect(await slots.run(never, async () => 'served')).toBe('served');
  end();
  await first;
  expect(await slots.alone(never, async () => 'alone')).toBe('alone');
});

it.skipIf(!runners[0]?.works)('bwrap tells a run that was close from one that was not', async () => {
  const sandbox = await startSandbox({ runner: 'bwrap', processes: 1 });
  const limits = { timeSeconds: 1, memoryMb: 256, outputBytes: 65_536, grace: 1.6 };
  const replyTo = async (share: number): Promise<Reply> => {
    const seconds = share * sandbox.timeScale;
    const source = `import time\nwhile time.process_time() < ${seconds}: pass\nprint(9)`;
    const session = await sandbox.open({ role: 'script', source }, limits, never);
    const [reply] = await session.askLast([JSON.stringify({ input: '' })]);
    await session.close();
    return reply!;
  };
  expect(await replyTo(0.3)).toEqual({ kind: 'line', line: expect.any(String) });
  expect(await replyTo(1.3)).toMatchObject({ kind: 'line', close: true });
  expect(await replyTo(3)).toMatchObject({ kind: 'ended', cause: 'time' });
  await sandbox.close();
});
