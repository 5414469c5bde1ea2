import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { plainSums } from '../../helpers/plain-sums.ts';
import { dataFolder, dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

describe.skipIf(!haveData)('training problems that an evaluation set holds too', () => {
  const planted = dataRows<{ problem: string; answer: string }>('aime24/test.jsonl').slice(0, 5);
  const rows = planted.map(({ problem, answer }) => ({ statement: problem, domain: 'maths', answer }));
  let server: ModelServer;
  let there: Place;
  beforeAll(async () => {
    server = await modelServer({ chat: () => answered('\\boxed{1}') });
    there = place();
    there.write('problems.jsonl', [...plainSums(20), ...rows]);
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });
  const run = async (name: string, drop: boolean) => {
    const model = { baseUrl: `${server.url}/v1`, model: 'any' };
    there.configure({
      run: name,
      problems: [{ path: 'problems.jsonl' }],
      student: model,
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { records: 1, distribution: 'natural', admit: 'after-grading' },
      decontamination: { against: [{ path: `${dataFolder}/aime24/test.jsonl`, preset: 'aime24' }], drop },
      teacher: { ...model, samples: 1 },
      output: { dir: name },
    });
    const ended = await there.runHere('run', '--json');
    expect([0, 3], ended.stderr).toContain(ended.code);
    return there.report(name);
  };

  it('are left out, and no model is asked about them', async () => {
    const report = await run('without', true);
    expect(report).toMatchObject({ problems: 20, contaminated: 5 });
    const statements = new Set(planted.map(({ problem }) => problem.slice(0, 60)));
    expect(server.calls.filter((call) => statements.has(call.text.slice(0, 60)))).toEqual([]);
  });

  it('are kept where the configuration says so, and inspect shows what gives them away', async () => {
    expect((await run('with', false)).problems).toBe(25);
    const marked = storedRecords(there.store, 'problems', codecs.problem).filter((one) => one.contamination);
    expect(marked).toHaveLength(5);
    const shown = await there.runHere('inspect', marked[0]?.id ?? '');
    expect(shown.stdout).toContain('gives away a problem of aime24');
  });
});
