import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTasks } from '../../../../cli/verify/read-task.ts';
import { ownDomains } from '../../../../domains/registry.ts';
import { type CodeVerifier, codeVerifier } from '../../../../verifiers/code/index.ts';
import { isLong } from '../../../helpers/long.ts';
import { codeTask, fenced, never, runners } from '../support.ts';
import { givenFiles, givenRows, haveGiven } from './given.ts';
import { type HostileRow, KINDS } from './kinds.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const tests = { kind: 'stdin', cases: [{ input: '5', output: '35' }] } as const;
const TWINS = [
  { wanted: 'right', task: codeTask(tests, fenced('import os\nprint(int(input()) * 7 + len(os.listdir("/tmp")))')) },
  { wanted: 'wrong', task: codeTask(tests, fenced('print(1)')) },
] as const;

describe.each(runners)('hostile inputs on $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let verifier: CodeVerifier;
    // On Deno what tests import is slow to load, the more so on a busy machine.
    const timeLimitSeconds = name === 'deno' ? 3 : 1;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name, processes: 2, timeLimitSeconds });
    });
    afterAll(() => verifier?.close());

    /** What becomes of each row, and of an honest program and a wrong one behind it, where the process is a shared one. */
    async function outcomes(rows: readonly HostileRow[]): Promise<string[]> {
      const judged = rows.map(async ({ id, line }, at) => {
        const outcome = await outcomeOf(line);
        const twins = name === 'bwrap' || at === rows.length - 1 ? TWINS : [];
        const behind = await Promise.all(twins.map(async ({ task }) => (await verifier.verify(task, never)).verdict));
        return [`${id}: ${outcome}`, ...behind].join(', ');
      });
      return Promise.all(judged);
    }

    /** The default runner takes a process for each: it sees the first few, and all in the long form. */
    const tried = (rows: readonly HostileRow[], few: number) =>
      name === 'bwrap' || isLong ? rows : rows.slice(0, few);

    const wantedOf = (rows: readonly HostileRow[]) =>
      rows.map(({ id, wanted }, at) =>
        [
          `${id}: ${wanted}`,
          ...(name === 'bwrap' || at === rows.length - 1 ? TWINS.map((twin) => twin.wanted) : []),
        ].join(', '),
      );

    async function outcomeOf(line: string): Promise<string> {
      for await (const asked of readTasks(once(line), { domains: ownDomains, kind: 'code' })) {
        if ('fault' in asked) return 'refused';
        const { verdict, reason } = await verifier.explain(asked.task, never);
        expect(reason).not.toBe('');
        return verdict;
      }
      return 'no line';
    }

    it.each(KINDS.filter(({ on = name }) => on === name))(
      '$name: what is wanted, and the twins their own',
      async ({ rows }) => {
        const some = tried(rows, 3);
        expect(await outcomes(some)).toEqual(wantedOf(some));
      },
    );

    it.skipIf(!haveGiven).each(givenFiles.filter((file) => name === 'bwrap' || isLong || !FOR_BWRAP.test(file)))(
      '%s, given from outside: what is wanted, and the twins their own',
      async (file) => {
        const rows = givenRows(file, timeLimitSeconds * verifier.runner.timeScale);
        const some = tried(rows, 2);
        expect(await outcomes(some)).toEqual(wantedOf(some));
      },
    );
  });
});

it('the inputs given from outside are there', ({ skip }) => {
  if (!haveGiven) skip('the folder cases/security beside SLUICE_DATA is not there: only our own inputs were tried');
  expect(givenFiles.length).toBeGreaterThan(0);
});

const FOR_BWRAP = /bwrap/;

async function* once(line: string): AsyncGenerator<Buffer> {
  yield Buffer.from(line);
}
