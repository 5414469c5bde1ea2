import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/server/server.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';
import { configText, workFolder } from './sluice.ts';

const rows = [...rehearsalProblems({ seed: 1, count: 40 })].map((row) => `${JSON.stringify(row)}\n`).join('');

/** File, content, exit status and what stderr must say. */
const files: readonly (readonly [name: string, content: string | Uint8Array, code: number, says: string])[] = [
  ['empty.jsonl', '', 2, 'empty.jsonl: is empty; check its download'],
  ['blank.jsonl', '\n\n \n', 1, 'blank.jsonl: has no rows'],
  ['header.csv', 'statement,answer\n', 1, 'header.csv: has no rows'],
  ['twice.csv', 'statement,answer,answer\na,1,2\n', 1, 'twice.csv: '],
  ['cut.jsonl.gz', gzipSync(rows).subarray(0, -30), 1, 'cut.jsonl.gz: cannot be decompressed'],
  ['noise.jsonl.gz', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9), 1, 'noise.jsonl.gz: cannot be decompressed'],
  ['nothing.jsonl.gz', gzipSync(''), 1, 'nothing.jsonl.gz: holds nothing once it is decompressed'],
  ['wide.jsonl', Buffer.from(`\ufeff${rows}`, 'utf16le'), 1, 'wide.jsonl: is in UTF-16; convert it'],
  ['noise.parquet', 'PAR1 and then nothing that makes sense PAR1', 1, 'noise.parquet: '],
  ['twice.jsonl.gz', gzipSync('x'.repeat(30)).subarray(0, 12), 1, 'twice.jsonl.gz: cannot be decompressed'],
  [
    'more.jsonl.gz',
    Buffer.concat([gzipSync(rows), Buffer.from('and more')]),
    1,
    'more.jsonl.gz: cannot be decompressed',
  ],
  ['white.json.gz', gzipSync(`[${' '.repeat(5e6)}]`), 1, 'white.json.gz: has no rows'],
  ['none.json', '[]', 1, 'none.json: has no rows'],
  ['array.jsonl', `[\n${rows.trim().split('\n').join(',\n')}\n]\n`, 2, 'array.jsonl: is one JSON array'],
  ['table.xlsx', 'PK', 2, 'table.xlsx: ends in none of .jsonl'],
];

const wide = 17 * 2 ** 20;
/** A bad row, its line being its number here, and the code of its letter. */
const badRows: readonly (readonly [row: string | Uint8Array, code: string])[] = [
  ['not json', 'broken-json'],
  ['{"statement": "1 + 1?", "answer": "2"', 'broken-json'],
  ['[1, 2]', 'not-an-object'],
  ['"text"', 'not-an-object'],
  ['null', 'not-an-object'],
  [
    Buffer.concat([Buffer.from('{"statement": "'), Buffer.from([0xff, 0xfe]), Buffer.from('", "answer": "2"}')]),
    'invalid-utf8',
  ],
  [Buffer.from('{"statement": "a\u0000b", "answer": "2"}'), 'nul-byte'],
  ['{"answer": "2"}', 'missing-field'],
  ['{"statement": "1 + 1?"}', 'missing-field'],
  ['{"statement": "  ", "answer": "2"}', 'empty-field'],
  ['{"statement": ["1 + 1?"], "answer": "2"}', 'wrong-type'],
  ['{"statement": "1 + 1?", "answer": {"value": 2}}', 'wrong-type'],
  ['{"statement": "1 + 1?", "answer": "2", "domain": "physics"}', 'unknown-domain'],
  ['{"statement": "Which?", "choices": ["x"], "answer": "A"}', 'wrong-type'],
  ['{"statement": "Which?", "choices": ["x", "y"], "answer": "C"}', 'choice-not-among-choices'],
  ['{"statement": "Write f.", "domain": "code"}', 'missing-field'],
  ['{"statement": "Write f.", "domain": "code", "tests": {"kind": "guess"}}', 'tests-not-understood'],
  ['{"statement": "Write f.", "domain": "code", "tests": "{"}', 'tests-not-understood'],
  ['{"statement": "1 + 1?", "answer": NaN}', 'missing-field'],
  ['{"statement": "1 + 1?", "answer": "2"}, {"statement": "1 + 2?", "answer": "3"}', 'broken-json'],
  ['{"statement": "1 + 1?", "answer": true}', 'wrong-type'],
  ['{"statement": "1 + 1?", "answer": 1e999}', 'wrong-type'],
  ['{"statement": "1 + 1?", "answer": 12345678901234567890}', 'wrong-type'],
  ['{"statement": "\\u0000", "answer": "2"}', 'nul-byte'],
  ['{"__proto__": {"statement": "1 + 1?"}, "answer": "2"}', 'missing-field'],
  [`{"statement": "1 + 1?", "answer": "2", "more": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'broken-row'],
  [`{"statement": "1 + 1?", "answer": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'wrong-type'],
  ['{"statement": "Which?", "choices": "x, y", "answer": "A"}', 'wrong-type'],
  [`{"statement": "${'x'.repeat(wide)}", "answer": "2"}`, 'too-long'],
];

describe('bad data', () => {
  let models: Rehearsal;
  beforeAll(async () => {
    models = await startRehearsal();
  });
  afterAll(() => models.close());

  it.for(files)(
    '%s is refused with its name and what to do, and no request is sent',
    async ([name, content, code, says]) => {
      const yaml = configText(models.url).replace('problems.jsonl', name);
      const folder = workFolder({ 'sluice.yaml': yaml, [name]: content });
      const before = models.stats().requests;
      const ended = await sluiceHere(['run'], { cwd: folder.path });
      expect(ended.stderr).toContain(says);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.code).toBe(code);
      expect(ended.stdout).toBe('');
      expect(models.stats().requests).toBe(before);
      folder.destroy();
    },
  );

  it('each bad row is a letter with file and line, and stops nothing', async () => {
    const content = Buffer.concat(badRows.flatMap(([row]) => [Buffer.from(row), Buffer.from('\n')]));
    const folder = workFolder({ 'sluice.yaml': configText(models.url), 'problems.jsonl': content });
    const before = models.stats().requests;
    const ended = await sluiceHere(['run'], { cwd: folder.path });
    expect(ended.stderr).toContain(`${badRows.length} rows could not be read`);
    expect(ended.code).toBe(1);
    expect(models.stats().requests).toBe(before);
    const listed = await sluiceHere(['dead-letters', 'list', '--json'], { cwd: folder.path });
    const letters = JSON.parse(listed.stdout) as { origin: string; code: string; message: string; stage: string }[];
    const found = new Map(letters.map(({ origin, code }) => [origin, code]));
    expect(letters.length).toBe(badRows.length);
    for (const [index, [, code]] of badRows.entries()) expect(found.get(`problems.jsonl:${index + 1}`)).toBe(code);
    const retried = await sluiceHere(['dead-letters', 'retry', '--all'], { cwd: folder.path });
    expect(retried.code).toBe(1);
    expect(retried.stdout).toContain('mend problems.jsonl:1 and');
    folder.destroy();
  });

  it('good rows among bad ones are done; a second reference is a letter, and the first one counts', async () => {
    const first = JSON.parse(rows.split('\n')[0] as string);
    const other = JSON.stringify({ ...first, answer: '123456789' });
    const folder = workFolder({
      'sluice.yaml': configText(models.url),
      'problems.jsonl': `${rows}not json\n${other}\n${JSON.stringify(first)}\n`,
    });
    const ended = await sluiceHere(['run', '--json'], { cwd: folder.path });
    const report = JSON.parse(ended.stdout);
    expect(report.problems).toBe(40);
    expect(report.deadLetters).toEqual({ 'broken-json': 1, 'conflicting-reference': 1 });
    expect(report.states.dead).toBe(0);
    const retried = await sluiceHere(['dead-letters', 'retry', '--all', '--code', 'conflicting-reference'], {
      cwd: folder.path,
    });
    expect(retried.stdout).toContain('not put back: another row gave the same problem');
    expect(readFileSync(join(folder.path, 'out', 'cot.jsonl'), 'utf8')).not.toContain('123456789');
    folder.destroy();
  });
});
