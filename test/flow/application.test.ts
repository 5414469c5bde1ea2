import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  codecs,
  defineDomain,
  evaluate,
  exportDataset,
  inspect,
  type Own,
  openKafka,
  type RunSettings,
  run,
  SettingsError,
  status,
  verify,
} from '../../index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-library-'));
  const rows = Array.from({ length: 40 }, (_, index) => ({
    statement: `Double ${index}.`,
    domain: 'double',
    answer: index * 2,
  }));
  writeFileSync(join(folder, 'rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const double = defineDomain({
  name: 'double',
  judge: ({ problem, response }) => ({
    verdict: response.trim() === problem.answer ? 'right' : 'wrong',
    reason: 'by hand',
    extracted: response.trim(),
  }),
});

const settings: RunSettings = {
  run: 'library',
  problems: [{ path: 'rows.jsonl' }],
  evaluation: [{ path: 'rows.jsonl' }],
  decontamination: { drop: false },
  target: { records: 20, distribution: 'natural' },
  transport: { kind: 'embedded', path: 'store' },
};

const numberIn = (messages: readonly { content: string }[]): number =>
  Number(/\d+/.exec(messages.at(-1)?.content ?? '')?.[0]);

const asked = { student: 0, teacher: 0 };
const own = (): Own => ({
  folder,
  domains: [double],
  models: {
    student: async ({ messages }) => {
      asked.student++;
      const number = numberIn(messages);
      return String(number % 2 === 0 ? number * 2 : number);
    },
    scorer: async ({ steps }) => steps.map(() => 0.5),
    teacher: async ({ messages }) => {
      asked.teacher++;
      return { reasoning: 'twice', answer: String(numberIn(messages) * 2) };
    },
  },
});

describe('a run from a program', () => {
  it('takes its models and its verifier from there, and goes on without asking again', async () => {
    const report = await run(settings, own());
    expect(report).toMatchObject({ stopped: 'target', states: { emitted: 20, dead: 0 }, graded: { unverifiable: 0 } });
    const lines = readFileSync(join(folder, 'out/cot.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ domain: 'double', reasoning: 'twice' }),
    );
    const before = { ...asked };
    expect(await run(settings, own())).toMatchObject({ states: { emitted: 20 } });
    expect(asked).toEqual(before);

    expect(await status(settings, own())).toMatchObject({ phase: 'idle', states: { emitted: 20 } });
    const { id } = JSON.parse(lines[0] as string);
    expect(await inspect(settings, id, own())).toMatchObject({ state: 'emitted' });
    const { rows } = await exportDataset(settings, { format: 'trl', out: join(folder, 'trl') }, own());
    expect(rows).toBe(20);
  });

  it('ends where its signal says so', async () => {
    const stop = AbortSignal.abort(new Error('enough'));
    expect(await run(settings, { ...own(), signal: stop })).toMatchObject({ stopped: 'interrupted' });
  });

  it('evaluates the student', async () => {
    expect(await evaluate(settings, own())).toMatchObject({ problems: 40, right: 20 });
  });

  it('loses the records alone on which a function of the program fails', async () => {
    const given = own();
    const student: NonNullable<Own['models']>['student'] = async ({ messages }) => {
      if (numberIn(messages) < 5) throw new Error('no idea');
      return '0';
    };
    const report = await run(settings, { ...given, models: { ...given.models, student } });
    expect(report).toMatchObject({ states: { dead: 5, emitted: 20 }, deadLetters: { 'own-model': 5 } });
  });

  it('is refused by the names of its settings', async () => {
    const wrong = { ...settings, target: { recrods: 3 } } as unknown as RunSettings;
    await expect(run(wrong, own())).rejects.toThrow(SettingsError);
    await expect(run(wrong, own())).rejects.toThrow('target.recrods: unknown key; did you mean "records"?');
  });
});

describe('the verifier alone', () => {
  it('judges by the domains of the settings', async () => {
    const { judge, close } = verify({ domains: { colour: { kind: 'label', labels: ['red', 'green'] } } });
    const problem = { ...codecs.problem.decode(codecs.problem.encode(blank)), domain: 'colour', answer: 'red' };
    expect(await judge(problem, '\\boxed{red}')).toMatchObject({ verdict: 'right' });
    expect(await judge(problem, '\\boxed{green}')).toMatchObject({ verdict: 'wrong' });
    expect(await judge({ ...problem, domain: 'maths', answer: '1/2' }, '\\boxed{0.5}')).toMatchObject({
      verdict: 'right',
    });
    await close();
  });
});

const blank = {
  ...{ id: 'a', statement: 'Which?', domain: 'maths', answer: '1', choices: [], language: null, prompt: null },
  ...{ tests: null, solution: null, label: null, contamination: null, meta: null },
  source: { dataset: 'd', file: 'f', row: 0, id: null, level: null, subject: null, licence: null },
};

it('opens the transport on Kafka, which says where no broker is', async () => {
  const opening = openKafka({
    brokers: ['127.0.0.1:1'],
    prefix: 'sluice',
    run: 'library',
    partitions: 1,
    localPath: folder,
    commitMilliseconds: 100,
    connectMilliseconds: 1,
  });
  await expect(opening).rejects.toMatchObject({ code: 'broker-unreachable' });
});
