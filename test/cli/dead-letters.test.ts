import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../cli/config/load.ts';
import { lettersOf } from '../../flow/status/letters/letters.ts';
import { retryLetter } from '../../flow/status/letters/retry.ts';
import { attach } from '../../flow/store/attach.ts';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/server/server.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';
import { easyConfigText, workFolder } from './sluice.ts';

interface Listed {
  readonly name: string;
  readonly key: string;
  readonly stage: string;
  readonly code: string;
  readonly attempt: number;
  readonly length: number;
}

const rows = [...rehearsalProblems({ seed: 1, count: 30 })];
/** Two problems are too long for the student, or for the teacher, whose context is set by the test. */
const long = (row: (typeof rows)[number]) => ({ ...row, statement: `${row.statement} ${'word '.repeat(20_000)}` });
const lines = rows.map((row, index) => `${JSON.stringify(index < 2 ? long(row) : row)}\n`).join('');

describe('dead letters that are put back', () => {
  let narrow: Rehearsal;
  let wide: Rehearsal;
  let folder: ReturnType<typeof workFolder>;
  beforeEach(async () => {
    narrow = await startRehearsal({ contextTokens: 8000 });
    wide = await startRehearsal();
  });
  afterEach(async () => {
    folder.destroy();
    await narrow.close();
    await wide.close();
  });

  const sluice = async (...args: string[]) => sluiceHere(args, { cwd: folder.path });
  const letters = async (): Promise<Listed[]> => JSON.parse((await sluice('dead-letters', 'list', '--json')).stdout);
  const report = async (...sets: string[]) => {
    const ended = await sluice('run', '--json', ...sets.flatMap((set) => ['--set', set]));
    return JSON.parse(ended.stdout);
  };
  const at = (role: string, url: string) => `${role}.baseUrl=${url}/v1`;
  /** By pass rate: so long a statement would not fit a scorer's window either. */
  const begin = (): void => {
    const yaml = easyConfigText(wide.url)
      .replace('records: 12', 'records: 30')
      .replace('rehearsal-student', 'rehearsal-student\n  attempts: 2')
      .concat('levels: { by: pass-rate }\n');
    folder = workFolder({ 'sluice.yaml': yaml, 'problems.jsonl': lines });
  };

  /** One that has read the same letters and puts them back a moment later. */
  const anotherProcess = async () => {
    const transport = await attach(loadConfig(join(folder.path, 'sluice.yaml'), [], {}));
    const { standing } = await lettersOf(transport, 'test');
    return {
      retry: async () => {
        for (const letter of standing) expect(await retryLetter(transport, letter)).toMatchObject({ ok: true });
        await transport.close();
      },
    };
  };

  it('of the student come again, above 64 KiB from where they lie, and end in one state', async () => {
    begin();
    const first = await report(at('student', narrow.url));
    expect(first.states.dead).toBe(2);
    expect(first.problems).toBe(30);
    const dead = await letters();
    expect(dead.map(({ stage }) => stage)).toEqual(['grade', 'grade']);
    expect(dead.every(({ length }) => length > 64 * 1024)).toBe(true);
    const inspected = await sluice('inspect', dead[0]?.key as string, '--json');
    expect(JSON.parse(inspected.stdout).state).toBe('dead');

    const slower = await anotherProcess();
    const retried = await sluice('dead-letters', 'retry', '--all');
    expect(retried.code).toBe(0);
    await slower.retry();
    expect(retried.stdout.match(/put back to problems/g)).toHaveLength(2);
    expect(await letters()).toEqual([]);
    const waiting = JSON.parse((await sluice('status', '--json')).stdout);
    expect(waiting.problems).toBe(30);
    expect(waiting.states).toMatchObject({ unread: 2, dead: 0 });

    const second = await report();
    expect(second.problems).toBe(30);
    expect(second.states).toMatchObject({ dead: 0, unread: 0 });
    expect(second.graded.right + second.graded.wrong + second.graded.unverifiable).toBe(30);
    const trail = JSON.parse((await sluice('inspect', dead[0]?.key as string, '--json')).stdout);
    expect(trail.graded).toHaveLength(1);
    expect(trail.deadLetters.map((one: Listed) => one.code)).toEqual([dead[0]?.code, 'retried', 'retried']);
  });

  it('of the teacher go back to the sampler, and every problem is counted once', async () => {
    begin();
    const first = await report(at('teacher', narrow.url));
    expect(first.states.dead).toBe(2);
    expect((await letters()).map(({ stage }) => stage)).toEqual(['generate', 'generate']);
    const slower = await anotherProcess();
    const retried = await sluice('dead-letters', 'retry', '--all', '--stage', 'generate');
    await slower.retry();
    expect(retried.stdout.match(/put back to levelled/g)).toHaveLength(2);
    const second = await report();
    expect(second.problems).toBe(30);
    expect(second.states.dead).toBe(0);
    expect(second.states.emitted + second.states.rejected + second.states.unverifiable).toBe(30);
    expect(second.levels).toEqual(first.levels);
    expect(second.graded).toEqual(first.graded);
    const emitted = readFileSync(join(folder.path, 'out', 'cot.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(new Set(emitted.map((line) => JSON.parse(line).id)).size).toBe(second.states.emitted);
  });

  it('that die again are letters again, with a higher number, and a name that holds no more is refused', async () => {
    begin();
    await report(at('student', narrow.url));
    const dead = await letters();
    await sluice('dead-letters', 'retry', dead[0]?.name as string);
    await report(at('student', narrow.url));
    const again = await letters();
    expect(again).toHaveLength(2);
    expect(again.map(({ attempt }) => attempt).toSorted()).toEqual([1, 2]);
    const gone = await sluice('dead-letters', 'retry', dead[0]?.name as string);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain(`${dead[0]?.name}: no letter of this name holds`);
    const shown = await sluice('dead-letters', 'show', again[0]?.name as string);
    const { record, value } = JSON.parse(shown.stdout);
    expect(record).toMatchObject({ id: again[0]?.key, domain: 'maths' });
    expect(record.statement.length).toBeGreaterThan(100_000 - 1);
    expect(value).toBeUndefined();
  });
});
