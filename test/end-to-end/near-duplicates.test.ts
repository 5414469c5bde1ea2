import { expect, it } from 'vitest';
import { answered } from '../helpers/models/model-replies.ts';
import { modelServer } from '../helpers/models/model-server.ts';
import { place } from '../helpers/sluice.ts';

const story = (count: number): string =>
  `A farmer keeps ${count} hens in the yard behind the old barn and sells every egg of the week at the market on Sunday morning. How many hens are there?`;

it('a run with `dedupe: near` takes the first of those that say the same, after a restart too', async () => {
  const server = await modelServer({ chat: ({ text }) => answered(`\\boxed{${/\d+/.exec(text)?.[0]}}`) });
  const model = { baseUrl: `${server.url}/v1`, model: 'model' };
  const there = place({
    run: 'near',
    dedupe: 'near',
    problems: { path: 'problems.jsonl' },
    student: { ...model, attempts: 2 },
    ...{ levels: { by: 'pass-rate' }, target: { records: 50, distribution: 'natural' }, teacher: model },
  });
  const rows = Array.from({ length: 20 }, (_, index) => ({ statement: story(10 + index), answer: String(10 + index) }));
  const repeated = rows.map(({ statement, answer }) => ({
    statement: statement.replace('old barn', 'red barn').replace('Sunday', 'Saturday'),
    answer,
  }));
  try {
    there.write('problems.jsonl', [...rows, ...repeated]);
    const ended = await there.run('run', '--json', '--yes');
    expect(ended.code, ended.stderr).toBe(3);
    expect(there.report()).toMatchObject({ problems: 20, states: { emitted: 20 } });
    expect(there.lines<{ problem: string }>('cot.jsonl').every(({ problem }) => problem.includes('old barn'))).toBe(
      true,
    );
    const again = await there.run('run', '--json', '--yes');
    expect(again.code, again.stderr).toBe(3);
    expect(there.report()).toMatchObject({ problems: 20, states: { emitted: 20 } });
    const other = await there.run('run', '--set', 'dedupe=exact');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('dedupe') });
    expect(await there.run('run', '--follow')).toMatchObject({ code: 2, stderr: expect.stringContaining('--follow') });
  } finally {
    there.remove();
    await server.close();
  }
});
