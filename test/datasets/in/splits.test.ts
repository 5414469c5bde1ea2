import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Split } from '../../../datasets/in/files/splits.ts';
import { readAll, scratchFolder } from '../files.ts';

/** A folder `set` with one problem a file, its answer the file's place in the list. */
const setOf = async (files: readonly string[], card = ''): Promise<string> => {
  const folder = await scratchFolder();
  for (const [index, file] of files.entries()) {
    const path = join(folder, 'set', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ statement: `${index}?`, answer: String(index) }));
  }
  await writeFile(join(folder, 'set/README.md'), card);
  return folder;
};
const answers = async (from: string, split?: Split) => {
  const { problems } = await readAll({ path: 'set', from, ...(split && { split }) });
  return problems.map(({ answer }) => answer).join('');
};

const hub = ['data/train-00000-of-00002.jsonl', 'data/train-00001-of-00002.jsonl', 'data/test-00000-of-00001.jsonl'];
const card = (splits: readonly string[]) =>
  `---\nconfigs:\n- config_name: default\n  data_files:\n${splits.map((split) => `  - split: ${split}\n    path: data/${split}-*\n`).join('')}---\n`;

describe('a folder with several splits', () => {
  it.for([
    ['by its card', card(['train', 'test'])],
    ['by a card with a byte order mark', `\ufeff${card(['train', 'test'])}`],
    [
      'by a card with a map of splits',
      '---\nconfigs:\n- config_name: default\n  data_files: { train: data/train-*, test: data/test-* }\n---\n',
    ],
    ['by the names of its files', ''],
  ] as const)('gives problems of train and evaluations of test, %s', async ([, text]) => {
    const folder = await setOf(hub, text);
    expect(await answers(folder, 'train')).toBe('01');
    expect(await answers(folder, 'test')).toBe('2');
    expect(await answers(folder)).toBe('201');
  });

  it.for<[files: readonly string[], train: string, test: string]>([
    [['gsm8k_train.jsonl', 'gsm8k_test.jsonl'], '0', '1'],
    [['train/part.jsonl', 'dev/part.jsonl'], '0', '1'],
    [['algebra.jsonl', 'geometry.jsonl'], '01', '01'],
    [['algebra.jsonl', 'test.jsonl'], '0', '1'],
    [['test.jsonl'], '0', '0'],
    [['train.jsonl', 'more.jsonl', 'test.jsonl'], '10', '2'],
    [['latest.jsonl', 'trainers.jsonl'], '01', '01'],
    [['train.jsonl', 'cache-3f1c0a5be0d9.arrow'], '0', '0'],
  ])('%j', async ([files, train, test]) => {
    const folder = await setOf(files);
    expect([await answers(folder, 'train'), await answers(folder, 'test')]).toEqual([train, test]);
  });

  it('is refused where none of them is meant for the purpose', async () => {
    const folder = await setOf(['validation.jsonl', 'test.jsonl']);
    await expect(answers(folder, 'train')).rejects.toMatchObject({
      code: 'split-unclear',
      message: expect.stringMatching(/files of test, validation, none of train; name the ones that you mean/),
    });
    expect(await answers(folder, 'test')).toBe('1');
  });
});

it('says in the names of its folders what holds for all rows in them (Hive)', async () => {
  const folder = await setOf(['level=5/subject=Number%20Theory/part.jsonl', 'level=1/part.jsonl']);
  const { problems } = await readAll({ path: 'set', from: folder });
  expect(problems.map(({ source }) => [source.level, source.subject])).toEqual([
    ['1', null],
    ['5', 'Number Theory'],
  ]);
});
