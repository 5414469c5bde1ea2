import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { oracleQuotas } from '../../helpers/oracles/level-oracle.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const RECORDS = 20;
/** Every command of the guide, in its order, as words. */
const commands = [...readFileSync('docs/paper.md', 'utf8').matchAll(/^npx sluice (.+)$/gm)].map(([, line]) =>
  [...(line as string).matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? (bare as string)),
);

describe('the paper’s experiment, command by command', { timeout: 120_000 }, () => {
  let there: Place;
  let server: Awaited<ReturnType<typeof startRehearsal>>;
  const said: string[] = [];
  const config = (model: string) => ({
    problems: [{ path: 'problems.jsonl' }],
    evaluation: [{ path: 'evaluation.jsonl' }],
    student: { baseUrl: `${server.url}/v1`, model },
    scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
    target: { records: RECORDS, distribution: 'evaluated', admit: 'after-grading' },
    teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 2 },
  });
  beforeAll(async () => {
    server = await startRehearsal({ seed: 1, students: { a: 0.35, b: 0.75 } });
    there = place();
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 250 })]);
    there.write('evaluation.jsonl', [...rehearsalProblems({ seed: 2, count: 40 })]);
    there.write('a.yaml', [config('a')]);
    there.write('b.yaml', [config('b')]);
    for (const words of commands) {
      const { code, stdout, stderr } = await there.runHere(...words);
      // A level that the supply of 250 cannot fill is no fault of the command.
      expect([0, 3], `${words.join(' ')}\n${stderr}`).toContain(code);
      said.push(stdout);
    }
  }, 400_000);
  afterAll(async () => {
    there?.remove();
    await server?.close();
  });
  const saidOf = (...words: string[]) =>
    commands.flatMap((command, index) => (words.every((word) => command.includes(word)) ? [said[index] ?? ''] : []));
  const levelsIn = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/^(easy|level_\d) +(\d+)/gm)].map(([, level, count]) => [level, Number(count)]),
    );
  const ids = (run: string) => there.lines<{ id: string }>('cot.jsonl', `out/${run}`).map(({ id }) => id);

  it('emits for A in A’s proportions, and in B’s for the ablation', () => {
    for (const [run, whose] of [
      ['a', 'run=a'],
      ['a-like-b', 'run=b'],
      ['b', 'run=b'],
      ['a-2', 'run=a-2'],
    ] as const) {
      const [shown] = saidOf('evaluate', whose);
      const quotas = oracleQuotas(RECORDS, levelsIn(shown ?? ''));
      const { emitted, shortfall } = there.report(`out/${run}`);
      for (const [level, quota] of Object.entries(quotas)) {
        expect([run, level, (emitted[level] ?? 0) + (shortfall[level] ?? 0)]).toEqual([run, level, quota]);
      }
    }
  });

  it('has a control group of the same size, and sets to train on for each', () => {
    expect(ids('a-natural')).toHaveLength(RECORDS);
    expect(ids('a-natural').sort()).not.toEqual(ids('a').sort());
    // By what the run was begun with, not by what the command was given.
    expect(readFileSync(`${there.folder}/sets/a-2/README.md`, 'utf8')).toContain('Student: `a@after`');
    expect(saidOf('export').map((text) => /(\d+) rows/.exec(text)?.[1])).toEqual(
      ['a', 'a-natural', 'a-like-b', 'a-2'].map((run) => String(ids(run).length)),
    );
  });

  it('tests what has changed, compares, and does not give the same problem in the next round', () => {
    for (const text of saidOf('--against'))
      expect(text).toMatch(/against a(-after)?: .* on 40 common problems, .* p = /);
    expect(saidOf('compare')[0]).toMatch(/^\d+ problems levelled by both; 0 by a alone, 0 by b alone/);
    const before = new Set(ids('a'));
    expect(ids('a-2').filter((id) => before.has(id))).toEqual([]);
  });
});
