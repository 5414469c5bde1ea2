import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

const rows = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ statement: `${name} ${index}.`, domain: 'maths', answer: '7' }));

describe('a part of the problems', () => {
  let server: ModelServer;
  let there: Place;
  let asked: string[] = [];
  const configure = (run: string, problems: object[], more: object = {}) =>
    there.configure({
      run,
      problems,
      student: { baseUrl: `${server.url}/v1`, model: 'student', prompt: { maths: '{statement}' } },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { distribution: 'natural' },
      teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1, prompt: { maths: '{statement}' } },
      output: { dir: run },
      ...more,
    });
  const given = (...args: string[]) => sluiceHere(args, { cwd: there.folder });
  const command = async (...args: string[]) => {
    const ended = await given(...args);
    expect(ended.code, ended.stderr).toBe(0);
    return ended.stdout;
  };
  const emitted = (run: string) =>
    there
      .lines<{ problem: string }>('cot.jsonl', run)
      .map(({ problem }) => problem)
      .sort();
  const onTopic = () => storedRecords(there.store, 'problems', codecs.problem).length;
  beforeAll(async () => {
    server = await modelServer({
      chat: ({ model, text }) => {
        asked.push(`${model}: ${text}`);
        return answered('\\boxed{7}', 'seven');
      },
    });
    there = place();
    // A repeat is no problem more.
    there.write('a.jsonl', [...rows('A', 3), ...rows('A', 50)]);
    there.write('b.jsonl', rows('B', 60));
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('is the first of a data set, read no further, and the same after another start', async () => {
    configure('limited', [{ path: 'a.jsonl', limit: 5 }]);
    expect(JSON.parse(await command('run', '--json')).problems).toBe(5);
    expect(emitted('limited')).toEqual(['A 0.', 'A 1.', 'A 2.', 'A 3.', 'A 4.']);
    expect(onTopic()).toBe(8);
    asked = [];
    await command('run');
    expect({ asked, onTopic: onTopic() }).toEqual({ asked: [], onTopic: 8 });
    expect(JSON.parse(await command('status', '--json')).problems).toBe(5);
  });

  it('may become more, and nothing is asked twice; never less', async () => {
    configure('limited', [{ path: 'a.jsonl', limit: 7 }]);
    asked = [];
    await command('run');
    expect(emitted('limited')).toHaveLength(7);
    expect(asked.sort()).toEqual(['student: A 5.', 'student: A 6.', 'teacher: A 5.', 'teacher: A 6.']);
    configure('limited', [{ path: 'a.jsonl', limit: 6 }]);
    expect(await given('run')).toMatchObject({ code: 2, stderr: expect.stringContaining('more but never less') });
    configure('limited', [{ path: 'a.jsonl' }]);
    await command('run');
    expect(emitted('limited')).toHaveLength(50);
  });

  it('is a sample by its seed, whichever run had read the file', async () => {
    const samples = new Map<string, string[]>();
    for (const [run, seed] of [
      ['one', 1],
      ['again', 1],
      ['other', 2],
    ] as const) {
      configure(run, [
        { path: 'b.jsonl', sample: { count: 12, seed } },
        { path: 'a.jsonl', limit: 2 },
      ]);
      await command('run');
      samples.set(run, emitted(run));
      expect(emitted(run)).toHaveLength(14);
    }
    expect(samples.get('again')).toEqual(samples.get('one'));
    expect(samples.get('other')).not.toEqual(samples.get('one'));
  });

  it('is taken from all data sets in turns with --limit, and may be lifted', async () => {
    configure('trial', [{ path: 'a.jsonl' }, { path: 'b.jsonl', sample: { count: 4 } }]);
    const report = JSON.parse(await command('run', '--limit', '10', '--json'));
    expect(report.problems).toBe(10);
    expect(emitted('trial').filter((one) => one.startsWith('B'))).toHaveLength(4);
    await command('run');
    expect(emitted('trial')).toHaveLength(54);
  });

  it('is refused where a run has more, where one follows, and where a file is named twice', async () => {
    configure('trial', [{ path: 'a.jsonl' }, { path: 'b.jsonl', sample: { count: 4 } }]);
    const refused = async (message: string, ...args: string[]) =>
      expect(await given('run', ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    await refused('more but never less', '--limit', '10');
    configure('followed', [{ path: 'a.jsonl', limit: 3 }]);
    await refused('cannot be met with --follow', '--follow');
    configure('twice', [{ path: 'a.jsonl', limit: 3 }, { path: 'a.jsonl' }]);
    await refused('a/a.jsonl is there twice');
    configure('both', [{ path: 'a.jsonl', limit: 3, sample: { count: 2 } }]);
    await refused('problems.0.limit: goes without sample');
    configure('none', []);
    await refused('names no data set', '--limit', '3');
  });

  it('goes the whole way in a preview, is shown, writes no file, and is not paid for again', async () => {
    there.write('c.jsonl', rows('C', 20));
    const more = { target: { records: 8, admit: 'after-grading', distribution: { easy: 1, level_1: 1 } } };
    configure('real', [{ path: 'c.jsonl' }], more);
    asked = [];
    const shown = await command('run', '--preview', '5');
    expect(shown).toContain('easy  c, c.jsonl, row 4');
    expect(shown.match(/student {4}right/g)).toHaveLength(5);
    expect(shown.match(/teacher {4}verified/g)).toHaveLength(5);
    expect(shown).toContain('reasoning  seven');
    expect(asked).toHaveLength(10);
    expect(there.lines('cot.jsonl', 'real')).toEqual([]);
    expect(await command('run', '--preview', '5')).toContain('row 4');
    expect(asked).toHaveLength(10);
    await given('run');
    expect(asked.filter((one) => one === 'student: C 0.')).toHaveLength(1);
    expect(asked.filter((one) => one.startsWith('student'))).toHaveLength(20);
  });
});
