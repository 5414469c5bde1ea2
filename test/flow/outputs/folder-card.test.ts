import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cotLine } from '../../../datasets/out/exporters/canonical.ts';
import { writeFolderCard } from '../../../flow/outputs/folder-card.ts';
import { cot } from '../../datasets/records.ts';

const python = process.env.SLUICE_PYTHON ?? 'python3';
// The folder of that name here would be imported, too.
const havePython = spawnSync(python, ['-c', 'from datasets import load_dataset']).status === 0;
const skipped = havePython ? '' : ` (skipped: ${python} cannot import datasets)`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-card-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const card = () => readFileSync(join(folder, 'README.md'), 'utf8');
const line = JSON.stringify(cotLine(cot(), 'run'));

describe('the card of a folder of outputs', () => {
  beforeEach(() => {
    write('cot.jsonl', '');
    write('rejected.jsonl', '');
  });

  it('is written anew, and one of somebody else, or a link, stays', async () => {
    await writeFolderCard(folder, 'first');
    await writeFolderCard(folder, 'second');
    expect(card()).toContain('# `second`');
    write('README.md', '# Mine\n');
    await writeFolderCard(folder, 'third');
    expect(card()).toBe('# Mine\n');
    rmSync(join(folder, 'README.md'));
    write('precious', `---\n# Written by sluice with the files beside it.`);
    symlinkSync('precious', join(folder, 'README.md'));
    await writeFolderCard(folder, 'fourth');
    expect(readFileSync(join(folder, 'precious'), 'utf8')).not.toContain('fourth');
  });

  it.skipIf(!havePython)(
    `lets datasets load each file by itself, and take one that is empty for an empty set${skipped}`,
    async () => {
      write('cot.jsonl', `${line}\n${line}\n`);
      write('rejected.jsonl', '');
      write('report.json', '{ "run": "run" }\n');
      await writeFolderCard(folder, 'run');
      // The run goes on, and the same folder has more.
      const later = join(folder, 'later');
      mkdirSync(later);
      writeFileSync(join(later, 'cot.jsonl'), `${line}\n`.repeat(3));
      writeFileSync(join(later, 'rejected.jsonl'), '');
      await writeFolderCard(later, 'run');
      const script = `
import sys, datasets, shutil
print(datasets.load_dataset(sys.argv[1])["train"].num_rows)
shutil.copytree(sys.argv[2], sys.argv[1], dirs_exist_ok=True)
print(datasets.load_dataset(sys.argv[1])["train"].num_rows)
try: datasets.load_dataset(sys.argv[1], "rejected")
except Exception as error: print(error)
print([*datasets.load_dataset(sys.argv[1], "rejected", split="train", streaming=True)])
`;
      const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: join(folder, 'home') };
      const { stdout, stderr } = spawnSync(python, ['-c', script, folder, later], {
        env,
        encoding: 'utf8',
        timeout: 100_000,
      });
      expect(stdout, stderr).toBe('2\n3\nInstruction "train" corresponds to no data!\n[]\n');
    },
    120_000,
  );
});
