import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BadRowCode } from '../../../domains/row/row-fault.ts';
import { fileOf, readAll, scratchFolder } from '../files.ts';

const good = (n: number): string => JSON.stringify({ statement: `What is ${n} + 1?`, answer: n + 1 });
const code = (tests: unknown): string => JSON.stringify({ statement: 's', domain: 'code', tests });

/** A line, what it is called, and what its message must say. */
const badLines: readonly [name: string, line: string | Buffer, code: BadRowCode, message: RegExp][] = [
  ['broken JSON', '{"statement": "half', 'broken-json', /^is not JSON: /],
  ['an array', `[${good(9)}]`, 'not-an-object', /is an array; write one object a line \(jq/],
  ['a bare number', '42', 'not-an-object', /^is 42; one JSON object a line is wanted/],
  ['null', 'null', 'not-an-object', /^is null; /],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x7d]), 'invalid-utf8', /not UTF-8; convert the file/],
  ['a NUL byte', Buffer.from('{"statement":"\0","answer":"1"}'), 'nul-byte', /NUL byte/],
  ['an escaped NUL', '{"statement":"a\\u0000b","answer":"1"}', 'nul-byte', /^statement holds a NUL character/],
  ['no statement', '{"answer":"1"}', 'missing-field', /^statement is not there; name its column with `fields`/],
  ['no answer', '{"statement":"s"}', 'missing-field', /^answer is not there/],
  ['a null answer', '{"statement":"s","answer":null}', 'missing-field', /^answer is not there/],
  ['a blank statement', '{"statement":" \\n","answer":"1"}', 'empty-field', /^statement is empty/],
  ['a list for an answer', '{"statement":"s","answer":["1","2"]}', 'wrong-type', /^answer is a list of 2; one text/],
  ['a boolean for an answer', '{"statement":"s","answer":true}', 'wrong-type', /^answer is a boolean/],
  ['an object for a statement', '{"statement":{},"answer":"1"}', 'wrong-type', /^statement is an object/],
  ['a number past exactness', '{"statement":"s","answer":12345678901234567890}', 'wrong-type', /write it as text/],
  [
    'an unknown domain',
    '{"statement":"s","domain":"law","answer":"1"}',
    'unknown-domain',
    /"law"; one of choice, code/,
  ],
  ['one choice', '{"statement":"s","choices":["a"],"answer":"A"}', 'wrong-type', /^choices has 1 entries; 2 to 26/],
  [
    'a letter too far',
    '{"statement":"s","choices":["a","b"],"answer":"C"}',
    'choice-not-among-choices',
    /"C"; a letter from A to B/,
  ],
  [
    'a number that is a place and a text',
    '{"statement":"s","choices":["3","2","1","0"],"answer":0}',
    'choice-not-among-choices',
    /^answer is the number 0, perhaps a place, .*or use a preset/,
  ],
  [
    'choices as prose',
    '{"statement":"s","choices":"a or b","answer":"A"}',
    'wrong-type',
    /^choices is text that is no JSON/,
  ],
  ['no tests', '{"statement":"s","domain":"code"}', 'missing-field', /^tests is not there/],
  ['tests of no kind', code({ kind: 'magic' }), 'tests-not-understood', /^tests\.kind: /],
  ['tests without asserts', code({ kind: 'asserts', asserts: [] }), 'tests-not-understood', /^tests\.asserts: /],
  [
    'tests with a wrong case',
    code({ kind: 'stdin', cases: [{ input: 1 }] }),
    'tests-not-understood',
    /^tests\.cases\.0/,
  ],
  ['tests as prose', code('run it'), 'tests-not-understood', /text that is no JSON/],
  [
    'its prototype asked for',
    '{"__proto__":{"statement":"s","answer":"1"}}',
    'missing-field',
    /^statement is not there/,
  ],
];

describe('a bad row of JSON lines', () => {
  it.for(badLines)('%s: is told with file, line and code, and stops no other', async ([, line, wanted, message]) => {
    const content = Buffer.concat([Buffer.from(`${good(1)}\n\n`), Buffer.from(line), Buffer.from(`\n${good(2)}\n`)]);
    const { folder } = await fileOf('in.jsonl', content);
    const { problems, bad } = await readAll({ path: 'in.jsonl', from: folder });
    expect(problems.map(({ source, answer }) => [source.row, answer])).toEqual([
      [0, '2'],
      [2, '3'],
    ]);
    expect(bad).toHaveLength(1);
    expect(bad[0]).toMatchObject({ file: 'in.jsonl', line: 3, row: 1, code: wanted });
    expect(bad[0]!.message).toMatch(message);
    expect(Buffer.from(bad[0]!.bytes)).toEqual(Buffer.from(line));
    expect(bad[0]!.length).toBe(Buffer.from(line).length);
    expect(bad[0]!.sha256).toBe(createHash('sha256').update(line).digest('hex'));
  });

  it('nested ten thousand deep does no harm', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const lines = [`{"statement":"s","answer":${deep}}`, `{"statement":"s","answer":"1","extra":${deep}}`, good(1)];
    const { folder } = await fileOf('in.jsonl', lines.join('\n'));
    const { problems, bad } = await readAll({ path: 'in.jsonl', from: folder });
    expect(bad[0]).toMatchObject({ line: 1, code: 'wrong-type' });
    expect(bad[1]).toMatchObject({ line: 2, code: 'broken-row', message: expect.stringMatching(/nested too deeply/) });
    expect(problems.length + bad.length).toBe(3);
    expect(problems.at(-1)!.answer).toBe('2');
  });

  it('of 100 MB is passed over without being held', async () => {
    const path = join(await scratchFolder(), 'in.jsonl');
    const file = await open(path, 'w');
    const part = Buffer.alloc(10 * 1024 * 1024, 'x');
    await file.write(`${good(1)}\n{"statement":"`);
    for (let i = 0; i < 10; i++) await file.write(part);
    await file.write(`","answer":"1"}\n${good(2)}`);
    await file.close();
    const { problems, bad } = await readAll({ path, from: '/' });
    expect(problems.map(({ answer }) => answer)).toEqual(['2', '3']);
    expect(bad).toHaveLength(1);
    expect(bad[0]).toMatchObject({ line: 2, code: 'too-long', length: 100 * 1024 * 1024 + 29 });
    expect(bad[0]!.bytes).toHaveLength(64 * 1024);
    const whole = createHash('sha256');
    const from = Buffer.byteLength(good(1)) + 1;
    for await (const chunk of createReadStream(path, { start: from, end: from + bad[0]!.length - 1 }))
      whole.update(chunk);
    expect(bad[0]!.sha256).toBe(whole.digest('hex'));
  });
});

describe('a bad row of CSV', () => {
  it.for<[string, string, BadRowCode, RegExp]>([
    ['a field too many', '1,2,3', 'broken-csv', /has 3 fields where the header names 2/],
    ['a field too few', '1', 'broken-csv', /has 1 fields where the header names 2/],
    ['text after a closing quote', '"x"y,3', 'broken-csv', /text after a closing quote/],
    ['an empty answer', 'What?,', 'empty-field', /answer is empty/],
  ])('%s: costs itself alone', async ([, line, wanted, message]) => {
    const { folder } = await fileOf('in.csv', `statement,answer\r\n"a, ""b""\nc?",1\r\n${line}\r\nWhat?,2\r\n`);
    const { problems, bad } = await readAll({ path: 'in.csv', from: folder });
    expect(problems.map(({ statement, answer }) => [statement, answer])).toEqual([
      ['a, "b"\nc?', '1'],
      ['What?', '2'],
    ]);
    expect(bad).toHaveLength(1);
    expect(bad[0]).toMatchObject({ file: 'in.csv', line: 4, row: 1, code: wanted });
    expect(bad[0]!.message).toMatch(message);
  });

  it('with a quote that is never closed: those behind it are read', async () => {
    const { folder } = await fileOf('in.csv', 'statement,answer\n1?,1\n"2?,2\n3?,3\n4?,4\n');
    const { problems, bad } = await readAll({ path: 'in.csv', from: folder });
    expect(problems.map(({ answer }) => answer)).toEqual(['1', '3', '4']);
    expect(bad.map(({ line, code }) => [line, code])).toEqual([[3, 'broken-csv']]);
  });

  it('in latin-1 is told as such', async () => {
    const { folder } = await fileOf('in.csv', Buffer.from('statement,answer\ncaf\u00e9,1\nb,2\n', 'latin1'));
    const { problems, bad } = await readAll({ path: 'in.csv', from: folder });
    expect(problems).toHaveLength(1);
    expect(bad[0]).toMatchObject({ line: 2, code: 'invalid-utf8' });
  });
});

describe('a column that nobody needs', () => {
  it.for([
    '"score":NaN',
    '"score":-Infinity,"text":"NaN \\" Infinity"',
    '"id":12345678901234567890',
    '"id":["a",{}]',
    '"level":{"a":1}',
    '"solution":["s1",null]',
    '"license":{"name":"MIT"}',
    '"prompt":[{"role":"user","content":"x"}]',
    '"choices":[]',
    '"choices":null',
    '"choices":4,"tests":true',
    '"tests":[]',
    '"tests":""',
    '"domain":["Mathematics -> Algebra"]',
    '"language":7,"subject":true',
  ])('does not lose the problem: %s', async (column) => {
    const { folder } = await fileOf('in.jsonl', `\n\ufeff{"statement":"Two plus two?","answer":"4",${column}}\n`);
    const { problems, bad } = await readAll({ path: 'in.jsonl', from: folder });
    expect(bad).toEqual([]);
    expect(problems).toMatchObject([{ statement: 'Two plus two?', answer: '4', domain: 'maths' }]);
  });

  it('is text where it can be', async () => {
    const { folder } = await fileOf('in.jsonl', '{"statement":"s","answer":["4"],"subject":["a","b"],"level":3}');
    const { problems } = await readAll({ path: 'in.jsonl', from: folder });
    expect(problems[0]).toMatchObject({ answer: '4', source: { subject: 'a, b', level: '3' } });
  });

  it('is a fault where `fields` names it for the domain', async () => {
    const { folder } = await fileOf('in.jsonl', '{"statement":"s","kind":"law","answer":"1"}');
    const { bad } = await readAll({ path: 'in.jsonl', fields: { domain: 'kind' }, from: folder });
    expect(bad).toMatchObject([
      { code: 'unknown-domain', message: expect.stringContaining('"law"; one of choice, code') },
    ]);
  });
});
