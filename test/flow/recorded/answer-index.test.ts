import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Indexed, makeIndex, openIndex } from '../../../flow/recorded/answer-index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-answers-'));
  file = join(folder, 'recorded', 'index.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reply = (answer: string) => ({
  ...{ reasoning: '', answer, finish: 'stop' as const, journaled: false, simulated: false },
  usage: { promptTokens: 0, completionTokens: 1 },
});
const key = (name: string) => Buffer.from(name.padEnd(16, '.'));
const rows = async function* (...given: readonly Indexed[]) {
  yield* given;
};

it('gives the answers under the first key that has any, in their order, over several rows', async () => {
  await makeIndex(
    file,
    rows(
      { key: key('a'), answers: [reply('1'), reply('2')] },
      null,
      { key: key('b'), answers: [reply('3')] },
      { key: key('a'), answers: [reply('4')] },
      { key: key('c'), answers: [] },
    ),
  );
  const index = openIndex(file)!;
  const answersTo = (...names: string[]) => index.find(names.map(key)).map((read) => read().answer);
  expect(index.counts).toEqual({ answers: 4, problems: 2, useless: 2 });
  expect(answersTo('a', 'b')).toEqual(['1', '2', '4']);
  expect(answersTo('x', 'b')).toEqual(['3']);
  expect(answersTo('x')).toEqual([]);
  index.close();
});

it('leaves nothing that could be taken for one when it is not made to its end', async () => {
  const broken = async function* (): AsyncGenerator<Indexed> {
    yield { key: key('a'), answers: [reply('1')] };
    throw new Error('the disk is gone');
  };
  await expect(makeIndex(file, broken())).rejects.toThrow('the disk is gone');
  expect(existsSync(file)).toBe(false);
  expect(readdirSync(join(folder, 'recorded'))).toEqual([]);
});

it('makes a damaged one anew, and clears away what a process that died long ago left', async () => {
  await makeIndex(file, rows({ key: key('a'), answers: [reply('1')] }));
  writeFileSync(file, 'this is no database at all, though it stands there');
  const left = join(folder, 'recorded', 'other.db.x.unfinished');
  writeFileSync(left, '');
  utimesSync(left, 0, 0);
  expect(openIndex(file)).toBeNull();
  await makeIndex(file, rows({ key: key('a'), answers: [reply('1')] }));
  expect(readdirSync(join(folder, 'recorded'))).toEqual(['index.db']);
  openIndex(file)?.close();
});
