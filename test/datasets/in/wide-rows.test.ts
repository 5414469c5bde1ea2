import { setImmediate as nextTurn } from 'node:timers/promises';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { csvRecords } from '../../../datasets/in/csv/csv-records.ts';
import { readProblems } from '../../../datasets/in/read-problems.ts';
import { fileOf, readAll } from '../files.ts';

const names = (count: number, value = '1') =>
  `{${Array.from({ length: count }, (_, index) => `"column${index}":${value}`).join()}}`;
const numbers = (count: number, first = '1') => `[${first}${',1'.repeat(count - 1)}]`;
const lines = (...rows: readonly string[]) => rows.join('\n');
const honest = (statement: string) => JSON.stringify({ statement, answer: '4' });
const row = (rest: string) => `{"statement":"What is 2 + 2?","answer":"4",${rest}}`;
const calls = (cases: string) =>
  `{"statement":"Write f.","tests":{"kind":"call","entryPoint":"f","cases":[{"arguments":[${cases}],"expected":1}]}}`;

const readOne = async (name: string, content: string | Uint8Array) => {
  const { folder } = await fileOf(name, content);
  return readAll({ path: name, from: folder });
};

describe('a row that holds more than can be read without holding up everything else', () => {
  it.for<[what: string, row: string]>([
    ['columns', row(names(600_000).slice(1, -1))],
    ['names below a column', row(`"meta":${names(60_000)}`)],
    ['values in a list', row(`"meta":${numbers(1_100_000)}`)],
    ['texts in a list', row(`"meta":[${'"a",'.repeat(600_000)}1]`)],
    ['quotes that are no JSON', `{${'"a'.repeat(3_000_000)}`],
    ['values in lists of nothing', row(`"meta":[${'[],'.repeat(1_100_000)}1]`)],
    ['arguments that are kept as written', calls(numbers(110_000, '1.0'))],
    ['tests in a text', JSON.stringify({ statement: 'Write f.', tests: numbers(110_000, '1.0') })],
    ['choices in a text', JSON.stringify({ statement: 'Which?', choices: numbers(1_100_000), answer: 'A' })],
    [
      'arguments in many lines of a text',
      JSON.stringify({
        statement: 'Write f.',
        tests: { fn_name: 'f', inputs: [`${numbers(20_000, '1.0')}\n`.repeat(8)], outputs: ['1'] },
      }),
    ],
  ])('is a bad row in JSON, and its neighbours are read: %s', async ([, wide]) => {
    const { problems, bad } = await readOne('in.jsonl', lines(honest('1 + 3?'), wide, honest('3 + 1?')));
    expect(bad).toMatchObject([
      { line: 2, code: 'too-many-values', message: expect.stringMatching(/holds more than \d+/) },
    ]);
    expect(problems.map(({ statement }) => statement)).toEqual(['1 + 3?', '3 + 1?']);
  });

  it('is a bad row in CSV where a cell holds it', async () => {
    const { problems, bad } = await readOne(
      'in.csv',
      lines('statement,choices,answer', `Which?,"${numbers(1_100_000)}",A`, 'Which?,"[""a"",""b""]",A'),
    );
    expect(bad).toMatchObject([{ line: 2, code: 'too-many-values' }]);
    expect(problems).toHaveLength(1);
  });

  it('is a bad row in Parquet and Arrow where a list holds it', async () => {
    const wide = new Array(200_001).fill(1);
    const columnData = [
      { name: 'statement', data: ['1 + 3?', 'wide', '3 + 1?'] },
      { name: 'answer', data: ['4', '4', '4'] },
      { name: 'list', data: [[1], wide, [2]], type: 'JSON' as const },
    ];
    const parquet = new Uint8Array(parquetWriteBuffer({ columnData }));
    for (const [name, content] of [['in.parquet', parquet]] as const) {
      const { problems, bad } = await readOne(name, content);
      expect(bad).toMatchObject([{ line: 2, code: 'too-many-values' }]);
      expect(problems).toHaveLength(2);
    }
  });

  it('is no fault where it is as wide as a row may be', async () => {
    const rows = [
      row(`"meta":${names(49_000)}`),
      row(`"meta":${numbers(900_000)}`),
      calls(numbers(900_000)),
      calls(numbers(45_000, '1.0')),
      row(`"text":"${':,['.repeat(1_000_000)}\\"${"it's: ".repeat(100_000)}"`),
    ];
    const { problems, bad } = await readOne('in.jsonl', lines(...rows));
    expect(bad).toEqual([]);
    expect(problems.length).toBe(rows.length);
  });
});

describe('a table of more columns than any that was meant', () => {
  const columns = Array.from({ length: 10_001 }, (_, index) => `c${index}`);

  it.for<[name: string, content: () => string | Uint8Array]>([
    ['in.csv', () => lines(columns.join(), columns.join())],
    [
      'in.parquet',
      () => new Uint8Array(parquetWriteBuffer({ columnData: columns.map((name) => ({ name, data: ['x'] })) })),
    ],
    ['in.arrow', () => tableToIPC(tableFromArrays(Object.fromEntries(columns.map((name) => [name, [1]]))))],
  ])('is refused: %s', async ([name, content]) => {
    await expect(readOne(name, content())).rejects.toThrow(/10000/);
  });
});

it('numbers that JSON does not have are read beside a text of 15 MB, and left alone inside of texts', async () => {
  const long = 'x'.repeat(15 * 2 ** 20);
  const { problems, bad } = await readOne(
    'in.jsonl',
    lines(row(`"long":"${long}","a":NaN`), row('"a":"NaN, \\"-Infinity","b":[-Infinity,NaN],"NaN":"Infinity"')),
  );
  expect(bad).toEqual([]);
  expect(problems[1]?.meta).toBe('{"a":"NaN, \\"-Infinity","b":[null,null],"NaN":"Infinity"}');
});

describe('whoever takes rows as fast as they come', () => {
  it.for([
    ['in.jsonl', lines(...Array.from({ length: 20_000 }, (_, n) => honest(`${n} + 4?`)))],
    ['in.csv', `statement,answer\n"${lines(...Array.from({ length: 20_000 }, (_, n) => `${n} + 4?,1`))}`],
  ] as const)('leaves a turn to others at every thousand of them: %s', async ([name, content]) => {
    const { folder } = await fileOf(name, content);
    let turn = 0;
    let reading = true;
    const others = (async () => {
      for (; reading; turn++) await nextTurn();
    })();
    let inTurn = 0;
    let most = 0;
    let before = -1;
    for await (const _ of readProblems({ path: name, from: folder })) {
      inTurn = turn === before ? inTurn + 1 : 1;
      before = turn;
      most = Math.max(most, inTurn);
    }
    reading = false;
    await others;
    expect(most).toBeLessThanOrEqual(1001);
  });

  it('gets what stood behind an open quote in batches, too', async () => {
    const held = Array.from({ length: 30_000 }, (_, index) => ({
      line: index + 1,
      bytes: Buffer.from(index === 0 ? 'a,"b' : 'c,d'),
      overlong: null,
    }));
    const sizes: number[] = [];
    const settings = { path: 'in.csv', delimiter: ',', maxBytes: 1e6 };
    for await (const batch of csvRecords([held] as never, settings)) sizes.push(batch.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(30_000);
  });
});
