import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { type Place, place } from '../../helpers/sluice.ts';

/** Long enough to be looked for by their words. */
const leaked = [
  'A baker puts 12 loaves on each of 7 shelves, sells 31 of them before noon and gives 5 to the poor: how many are left?',
  'Of 90 sheep in a meadow every ninth one is black and the shepherd shears 4 white ones an hour: when is he done?',
];
const rows = (name: string, ...statements: string[]) =>
  [...statements, ...Array.from({ length: 8 }, (_, index) => `${name} problem ${index}.`)].map((statement) => ({
    statement,
    domain: 'maths',
    answer: '7',
  }));

describe('runs that share a store', () => {
  let server: ModelServer;
  let there: Place;
  const files = (...names: string[]) => names.map((name) => ({ path: `${name}.jsonl` }));
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
  const command = async (...args: string[]) => {
    const ended = await there.runHere(...args);
    expect(ended.code, ended.stderr).toBe(0);
    return ended.stdout;
  };
  const emitted = (run: string) => there.lines<{ problem: string }>('cot.jsonl', run).map(({ problem }) => problem);
  beforeAll(async () => {
    server = await modelServer({ chat: () => answered('\\boxed{7}', 'seven') });
    there = place();
    there.write('first.jsonl', rows('First', ...leaked));
    there.write('second.jsonl', rows('Second'));
    there.write(
      'evaluation.jsonl',
      leaked.map((statement) => ({ statement, answer: '7' })),
    );
    configure('one', files('first'));
    await command('run');
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('take the data sets that each of them names, also such as another run had read long before', async () => {
    configure('two', files('second'));
    await command('run');
    expect(emitted('two')).toHaveLength(8);
    configure('two', files('second', 'first'));
    expect(JSON.parse(await command('run', '--json')).problems).toBe(18);
    expect(emitted('two')).toHaveLength(18);
    expect(emitted('one')).toHaveLength(10);
    // Once it is there for the run it is not put there again.
    const before = storedRecords(there.store, 'problems', codecs.problem).length;
    await command('run');
    expect(storedRecords(there.store, 'problems', codecs.problem)).toHaveLength(before);
  });

  it('leave out what gives their own evaluations away, whichever run had read it', async () => {
    const against = { decontamination: { against: files('evaluation') } };
    configure('three', files('first'), against);
    await command('replay');
    expect(emitted('three').filter((problem) => leaked.includes(problem))).toEqual([]);
    expect(emitted('three')).toHaveLength(8);
    expect(JSON.parse(await command('status', '--json')).problems).toBe(8);
    const ids = storedRecords(there.store, 'problems', codecs.problem).filter((one) => leaked.includes(one.statement));
    expect(await command('inspect', ids[0]?.id ?? '')).toContain('gives away a problem of evaluation');
  });

  it('replay the data sets that the configuration names, though the files are gone', async () => {
    configure('four', files('second', 'gone'));
    await command('replay');
    expect(emitted('four').sort()).toEqual(
      emitted('two')
        .filter((problem) => problem.startsWith('Second'))
        .sort(),
    );
    configure('five', [{ path: 'gone/*.jsonl' }]);
    const { code, stderr } = await there.runHere('replay');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('gone/*.jsonl') });
  });

  it('tell files of one name in two folders apart', async () => {
    for (const folder of ['a', 'b']) {
      mkdirSync(join(there.folder, folder));
      there.write(`${folder}/train.jsonl`, rows(`Folder ${folder}`));
    }
    for (const folder of ['a', 'b']) {
      configure(folder, files(`${folder}/train`));
      expect(JSON.parse(await command('run', '--json')).problems).toBe(8);
      expect(emitted(folder).every((problem) => problem.startsWith(`Folder ${folder}`))).toBe(true);
    }
    // The same content in another folder is another data set too, and costs no call.
    mkdirSync(join(there.folder, 'c'));
    there.write('c/train.jsonl', rows('Folder a'));
    configure('c', files('c/train'));
    const before = server.calls.length;
    expect(JSON.parse(await command('run', '--json')).problems).toBe(8);
    expect(server.calls).toHaveLength(before);
    // A part of one of them can be asked for beside the other.
    configure('d', [
      { path: 'a/train.jsonl', limit: 3 },
      { path: 'b/train.jsonl', limit: 2 },
    ]);
    expect(JSON.parse(await command('run', '--json')).problems).toBe(5);
  });

  it('mark what `sluice ingest` adds', async () => {
    there.write('third.jsonl', rows('Third', leaked[0] ?? ''));
    configure('six', files('third'), { evaluation: files('evaluation') });
    await command('ingest', 'third.jsonl');
    const marked = storedRecords(there.store, 'problems', codecs.problem).filter((one) => one.contamination);
    expect(marked.map(({ source }) => source.dataset)).toContain('third');
  });
});
