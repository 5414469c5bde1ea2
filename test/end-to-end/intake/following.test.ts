import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

describe('a run that follows its input', { timeout: 120_000 }, () => {
  let server: ModelServer;
  let there: Place;
  beforeEach(async () => {
    server = await modelServer({
      chat: answerSums,
      score: ({ steps }) => steps.map(hashShare),
      latency: ({ model }) => (model === 'teacher' ? 20 : 0),
    });
    there = place({
      ...sumsConfig(server.url, 'sums', { records: 0, concurrency: 8 }),
      problems: [{ path: '*.jsonl' }],
      target: { distribution: 'natural' },
    });
  });
  afterEach(async () => {
    there.remove();
    await server.close();
  });
  const follow = (...more: string[]) => there.start('run', '--follow', ...more);
  const emitted = async (): Promise<number> => {
    const { stdout, code } = await there.runHere('status', '--json');
    return code === 0 ? JSON.parse(stdout).states.emitted : 0;
  };
  const ids = () => there.lines<{ id: string }>('cot.jsonl').map(({ id }) => id);
  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) await sleep(50);
  };

  it('keeps whole lines in its file, each once, over Ctrl-C and a new start', async () => {
    there.write('first.jsonl', plainSums(200));
    for (const enough of [30, 90]) {
      const started = follow();
      await until(() => server.calls.filter(({ model }) => model === 'teacher').length >= enough);
      started.signal('SIGINT');
      expect((await started.ended).code).toBe(130);
    }
    const last = follow();
    await until(() => ids().length > 180);
    await until(async () => ids().length === (await emitted()));
    expect(new Set(ids()).size).toBe(ids().length);
    await last.kill();
  });

  it('goes on with its file where an export writes it anew', async () => {
    there.write('first.jsonl', plainSums(40));
    const started = follow();
    await until(() => ids().length > 30);
    expect((await there.runHere('export')).code).toBe(0);
    there.write('second.jsonl', plainSums(40, 100));
    await until(() => ids().length > 70);
    await until(async () => ids().length === (await emitted()));
    expect(new Set(ids()).size).toBe(ids().length);
    await started.kill();
  });

  it('hears of another target after its own is full', async () => {
    there.write('first.jsonl', plainSums(200));
    const started = follow('--set', 'target.records=20');
    await until(async () => (await emitted()) === 20);
    await there.runHere('target', 'set', '--records', '35');
    await until(async () => (await emitted()) === 35);
    await started.kill();
  });

  it('evaluates the student although it is told its stages', async () => {
    there.write('first.jsonl', plainSums(100));
    const evaluation = ['evaluation=[{path: first.jsonl}]', 'decontamination.drop=false'];
    const target = ['target.distribution=evaluated', 'target.records=20'];
    const stages = 'ingest,grade,score,level,sample,generate,export';
    const settings = [...evaluation, ...target].flatMap((one) => ['--set', one]);
    const { code, stderr } = await there.runHere('run', '--stages', stages, ...settings);
    expect([0, 3], stderr).toContain(code);
    expect(there.report().states.emitted).toBeGreaterThan(10);
  });

  it('keeps leaving out what gives its evaluation away, whatever else is ingested under other settings', async () => {
    there.write('first.jsonl', plainSums(40));
    mkdirSync(join(there.folder, 'kept'));
    there.write('kept/evaluation.jsonl', plainSums(20, 500));
    const evaluation = ['--set', 'evaluation=[{path: kept/evaluation.jsonl}]'];
    await there.runHere('run', ...evaluation, '--set', 'target.records=5');
    await there.runHere('ingest', 'kept/evaluation.jsonl');
    await there.runHere('run', ...evaluation, '--set', 'target.records=200');
    expect(there.report()).toMatchObject({ contaminated: 20, problems: 40 });
  });
});
