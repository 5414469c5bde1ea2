import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { judgeWithChecker } from '../../../../verifiers/code/judging/judge-with-checker.ts';
import type { Limits, Reply, Sandbox, Session } from '../../../../verifiers/code/sandbox/port.ts';
import { never } from '../support.ts';

const limits: Limits = { timeSeconds: 0.03, memoryMb: 64, outputBytes: 1000 };
const program = { source: 'def f(x): return 1', imports: [] };
const tests = { setup: '', tests: [], entryPoint: null } as never;
const line = (value: object): Reply => ({ kind: 'line', line: JSON.stringify(value) });
const CALL = line({ call: { name: 'f' } });

/** A sandbox whose checker answers as the test says, from the number of its request, and whose program says 1. */
const sandbox = (checker: (asked: number) => Reply | Promise<Reply>) => {
  let asked = 0;
  const session = (reply: () => Reply | Promise<Reply>): Session => ({
    ask: async () => [await reply()],
    askLast: async () => [await reply()],
    close: async () => {},
  });
  const made: Sandbox = {
    ...{ name: 'bwrap', guarantees: [], timeScale: 1, reuses: false, close: async () => {} },
    open: async ({ role }) =>
      role === 'checker' ? session(() => checker(asked++)) : session(() => line({ value: 1 })),
  };
  return { made, asked: () => asked };
};

const judge = (made: Sandbox) => judgeWithChecker(made, program, tests, limits, never);

describe('tests that are a program', () => {
  it('and call without end, taking their time in between, are no tests, after three times the limit', async () => {
    const { made, asked } = sandbox(async () => {
      await sleep(10);
      return CALL;
    });
    expect(await judge(made)).toEqual({ unreadable: expect.stringContaining('more than 3 times its limit') });
    expect(asked()).toBeLessThanOrEqual(12);
  });

  it('and end by their own time, having waited nowhere for long, are no tests', async () => {
    const late: Reply = { kind: 'ended', cause: 'time', detail: 'more than 1 s' };
    expect(await judge(sandbox((asked) => (asked < 3 ? CALL : late)).made)).toEqual({
      unreadable: 'the tests themselves ended by their time limit',
    });
  });

  it('and end over what the program gave them count against it', async () => {
    const stuck = sandbox(async (asked) => {
      if (asked === 0) return CALL;
      await sleep(60);
      return { kind: 'ended', cause: 'time', detail: 'more than 1 s' };
    });
    expect(await judge(stuck.made)).toMatchObject([{ outcome: 'time limit' }]);
    const crashed: Reply = { kind: 'ended', cause: 'memory', detail: 'more than 64 MB' };
    const full = sandbox((asked) => (asked === 0 ? CALL : crashed));
    expect(await judge(full.made)).toMatchObject([{ outcome: 'memory limit' }]);
  });

  it('and call a few times are heard', async () => {
    const results = line({ results: [{ outcome: 'passed', detail: '', test: 'assert f(1) == 1' }] });
    const { made } = sandbox((asked) => (asked < 5 ? CALL : results));
    expect(await judge(made)).toMatchObject([{ outcome: 'passed' }]);
  });
});
