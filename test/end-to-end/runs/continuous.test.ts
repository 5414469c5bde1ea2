import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const shares: Record<string, number> = {
  easy: 0.4,
  level_5: 0.2,
  level_4: 0.15,
  level_3: 0.1,
  level_2: 0.1,
  level_1: 0.05,
};
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    statement: `Problem ${from + index}.`,
    domain: 'maths',
    answer: '7',
  }));

/** A third is right; the others' scores, and so their levels, are a fixed function of the text. */
const chat = ({ model, text }: { model: string; text: string }) => {
  if (model === 'teacher') return answered('\\boxed{7}', 'thinking');
  return answered(hashShare(text) < 1 / 3 ? '\\boxed{7}' : `For ${text} I get \\boxed{8}`);
};

describe('a run that never ends by itself', { timeout: 180_000 }, () => {
  let server: ModelServer;
  let there: Place;
  const config = (target: object) => ({
    run: 'endless',
    problems: [{ path: '*.jsonl' }],
    student: { baseUrl: `${server.url}/v1`, model: 'student', concurrency: 16, prompt: { maths: '{statement}' } },
    scorer: { kind: 'prm', baseUrl: server.url, model: 'prm', concurrency: 16 },
    target,
    teacher: {
      baseUrl: `${server.url}/v1`,
      model: 'teacher',
      samples: 1,
      concurrency: 16,
      prompt: { maths: '{statement}' },
    },
  });
  beforeEach(async () => {
    server = await modelServer({ chat, score: ({ steps }) => steps.map(hashShare) });
    there = place();
  });
  afterEach(async () => {
    there.remove();
    await server.close();
  });
  const add = (file: string, added: readonly object[]) => {
    there.write(file, added);
  };
  const asked = (model: string) => server.calls.filter((call) => call.model === model).map((call) => call.text);
  const levelled = () => storedRecords(there.store, 'endless.levelled', codecs.levelled);
  const admissions = () =>
    storedRecords(there.store, 'endless.admitted', codecs.admitted)
      .sort((a, b) => a.admission - b.admission)
      .map(({ level }) => level);
  const until = async (reached: () => boolean) => {
    for (let waited = 0; !reached(); waited++) {
      if (waited > 2400) throw new Error('it was not reached');
      await sleep(50);
    }
  };

  it('takes new files while it runs and after a restart, asks about the new ones only, and keeps the proportions', async () => {
    there.configure(config({ distribution: shares }));
    add('first.jsonl', rows(0, 1000));
    const run = there.start('run', '--follow');
    await until(() => server.different('student') === 1000);
    add('second.jsonl', rows(1000, 10));
    await until(() => server.different('student') === 1010);
    run.signal('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(asked('student')).toHaveLength(1010);
    add('third.jsonl', rows(1010, 10));
    const again = there.start('run', '--follow');
    await until(() => server.different('student') === 1020 && levelled().length === 1020);
    // Whatever of the last ones the target has room for gets through, then nothing moves any more.
    await until(() => admissions().length === server.different('teacher'));
    again.signal('SIGINT');
    await again.ended;
    expect(asked('student')).toHaveLength(1020);
    expect(new Set(asked('teacher')).size).toBe(asked('teacher').length);
    const live: Record<string, number> = {};
    const levels = admissions();
    expect(levels.length).toBeGreaterThan(50);
    for (const [all, level] of levels.entries()) {
      expect(live[level] ?? 0).toBeLessThan((shares[level] ?? 0) * (all + 1));
      live[level] = (live[level] ?? 0) + 1;
    }
  });

  it('takes what another process ingests for it, and is not ended by a file that cannot be read', async () => {
    there.configure(config({ distribution: { easy: 1 } }));
    add('first.jsonl', rows(0, 50));
    add('broken.jsonl', []);
    const run = there.start('run', '--follow');
    await until(() => server.different('student') === 50);
    const outside = place();
    outside.write('more.jsonl', rows(50, 10));
    const ingested = await there.runHere('ingest', `${outside.folder}/more.jsonl`);
    expect(ingested.stdout, ingested.stderr).toContain('10 problems added');
    await until(() => server.different('student') === 60);
    run.signal('SIGINT');
    expect((await run.ended).stderr).toMatch(/broken\.jsonl: is empty.* It is read once it has changed/);
    outside.remove();
  });

  it('follows a target that is changed while it runs, also after a restart', async () => {
    there.configure(config({ distribution: { easy: 1 } }));
    add('first.jsonl', rows(0, 150));
    const run = there.start('run', '--follow');
    await until(() => server.different('student') === 150 && levelled().length === 150);
    const easy = levelled().filter(({ level }) => level === 'easy').length;
    await until(() => admissions().length === easy);
    const changed = await there.runHere('target', 'set', '--distribution', 'level_5=1');
    expect(changed.code, changed.stderr).toBe(0);
    const mild = levelled().filter(({ level }) => level === 'level_5').length;
    expect(mild).toBeGreaterThan(0);
    await until(() => admissions().length === easy + mild);
    run.signal('SIGINT');
    await run.ended;
    // Started again, it goes on by the target that was set, not by the one it was begun with.
    add('second.jsonl', rows(150, 60));
    const again = there.start('run', '--follow');
    await until(() => levelled().length === 210);
    const later = levelled().filter(({ level }) => level === 'level_5').length;
    expect(later).toBeGreaterThan(mild);
    await until(() => admissions().length === easy + later);
    again.signal('SIGINT');
    await again.ended;
    expect(admissions().slice(easy)).toEqual(Array.from({ length: later }, () => 'level_5'));
    // The configuration's own target counts again once it has been changed.
    const all = levelled().length;
    there.configure(config({ distribution: { easy: 1 }, records: easy + later + 1 }));
    await there.runHere('run');
    expect(admissions().slice(easy + later)).toEqual(['easy']);
    expect(levelled()).toHaveLength(all);
  });
});
