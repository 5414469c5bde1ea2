import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

describe('what was said to a run before', { timeout: 120_000 }, () => {
  let server: ModelServer;
  let there: Place;
  let slow = 0;
  beforeEach(async () => {
    slow = 0;
    server = await modelServer({
      chat: answerSums,
      score: ({ steps }) => steps.map(hashShare),
      latency: ({ model }) => (model === 'teacher' ? slow : 0),
    });
    there = place({ ...sumsConfig(server.url, 'sums', { records: 40 }), target: { records: 40 } });
    there.write('problems.jsonl', plainSums(120));
    there.write('first.jsonl', plainSums(20, 1_000));
    there.write('second.jsonl', plainSums(20, 2_000));
  });
  afterEach(async () => {
    there.remove();
    await server.close();
  });
  const set = (...settings: string[]) => settings.flatMap((one) => ['--set', one]);
  const emitted = () => there.report().states.emitted;

  it('stands for its evaluation: another student, or another set, is refused', async () => {
    const first = set('evaluation=[{path: first.jsonl}]');
    expect((await there.runHere('evaluate', ...first)).code).toBe(0);
    expect((await there.runHere('evaluate', ...first)).code).toBe(0);
    const others = [[...first, ...set('student.model=tuned')], set('evaluation=[{path: second.jsonl}]')];
    for (const other of others) {
      for (const command of ['evaluate', 'run']) {
        const { code, stderr } = await there.runHere(command, ...other, ...set('target.distribution=evaluated'));
        expect({ code, stderr }).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('the evaluation of the run "sums" was made with other settings'),
        });
      }
    }
  });

  it('is nothing where the start was refused', async () => {
    const refused = await there.runHere('run', ...set('target.exclude=[nobody]'));
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('the run "nobody" is not') });
    expect((await there.runHere('run')).code).toBe(0);
  });

  it('is the same with its keys in another order', async () => {
    expect((await there.runHere('run', ...set('student.extraBody={x: 1, y: 2}'))).code).toBe(0);
    expect((await there.runHere('run', ...set('student.extraBody={y: 2, x: 1}'))).code).toBe(0);
  });

  it('is heard by the first start: a target that was set before it', async () => {
    await there.runHere('ingest', 'problems.jsonl');
    await there.runHere('target', 'set', '--records', '12');
    await there.runHere('run');
    expect(emitted()).toBe(12);
  });

  it('counts by its last word: of several targets the teacher hears of the last only', async () => {
    await there.runHere('run', ...set('target.records=20'));
    await there.runHere('target', 'set', '--records', '80');
    await there.runHere('target', 'set', '--records', '24');
    await there.runHere('run', ...set('target.records=20'));
    expect(emitted()).toBe(24);
    expect(server.calls.filter(({ model }) => model === 'teacher').length).toBeLessThan(50);
  });

  it('goes by the run that the settings mean, where none is named: how fast and how many is no other run', async () => {
    there.configure({ ...sumsConfig(server.url, 'sums', { records: 20 }), run: undefined, target: { records: 20 } });
    await there.runHere('run');
    const { run } = there.report();
    await there.runHere('run', ...set('student.concurrency=3', 'target.records=24'));
    expect(there.report()).toMatchObject({ run, states: { emitted: 24 } });
  });

  it('may be a number in groups', async () => {
    expect((await there.runHere('run', ...set('budget.tokens=50_000_000'))).code).toBe(0);
  });

  it('is done with 0 where the target is full, whatever single levels lack', async () => {
    const { code } = await there.runHere('run', ...set('target.records=75', 'target.onShortfall=redistribute'));
    expect({ code, stopped: there.report().stopped, emitted: emitted() }).toEqual({
      code: 0,
      stopped: 'target',
      emitted: 75,
    });
    expect(Object.keys(there.report().shortfall)).not.toEqual([]);
  });

  it('is reported as it stands after Ctrl-C: each problem once, as many emitted as there are lines, and as status has it', async () => {
    slow = 40;
    for (let turn = 1; turn <= 3; turn++) {
      const started = there.start('run', ...set('target.records=60', 'teacher.concurrency=8'));
      const enough = server.calls.length + 25 * turn;
      while (started.running() && server.calls.length < enough) await new Promise((done) => setTimeout(done, 10));
      started.signal('SIGINT');
      await started.ended;
      const { problems, states } = there.report();
      expect(problems).toBe(120);
      expect(states.emitted).toBe(there.lines('cot.jsonl').length);
      expect(states.rejected).toBe(there.lines('rejected.jsonl').length);
      const status = JSON.parse((await there.run('status', '--json')).stdout);
      expect(status.states).toMatchObject({ emitted: states.emitted, rejected: states.rejected });
    }
  });
});
