import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLiteral } from '../../../../verifiers/code/python/literal.ts';
import { tokenReader } from '../../../../verifiers/code/python/token-reader.ts';
import { tokenize } from '../../../../verifiers/code/python/tokens.ts';
import { type PythonValue, pythonEquals } from '../../../../verifiers/code/python/value.ts';
import { fromWire, toWire } from '../../../../verifiers/code/python/wire.ts';

const PYTHON = '/usr/bin/python3';

/** The value of a whole expression; undefined where it is not one that is read here. */
function literal(source: string): PythonValue | undefined {
  const tokens = tokenize(source);
  const reader = tokens && tokenReader(tokens);
  const value = reader ? readLiteral(reader) : undefined;
  return reader?.next().type === 'newline' && reader.peek().type === 'end' ? value : undefined;
}

describe('a literal', () => {
  it.each<[string, PythonValue]>([
    ['-3', -3n],
    ['0xff', 255n],
    ['1_000', 1000n],
    ['1.5e3', 1500],
    ['.5', 0.5],
    ['3 * 19 * -2', -114n],
    ['-7 // 2', -4n],
    ['-7 % 3', 2n],
    ['2 ** 10', 1024n],
    ['-2 ** 2', -4n],
    ['1 / 4', 0.25],
    ["'a' 'b' + \"c\"", 'abc'],
    ['"\\n\\x41\\u00e9\\101\\q"', '\nAéA\\q'],
    ["r'\\n'", '\\n'],
    ['b"\\xff"', { kind: 'bytes', hex: 'ff' }],
    ['"""a\nb"""', 'a\nb'],
    ['()', { kind: 'tuple', items: [] }],
    ['(1)', 1n],
    ['(1,)', { kind: 'tuple', items: [1n] }],
    ['set()', { kind: 'set', items: [] }],
    ['{}', { kind: 'dict', entries: [] }],
    ['[1, # one\n 2,\n]', { kind: 'list', items: [1n, 2n] }],
    [
      '{1: None, "a": True}',
      {
        kind: 'dict',
        entries: [
          [1n, null],
          ['a', true],
        ],
      },
    ],
  ])('%s is read', (source, value) => expect(literal(source)).toEqual(value));

  it.each([
    'f(1)',
    'x',
    'constructor',
    '[1',
    '1 +',
    '[1 2]',
    '{1: 2, 3}',
    '{1, 2: 3}',
    'f"{x}"',
    '"\\N{DASH}"',
    '007',
    '1 if x else 2',
    '[x for x in y]',
    'lambda: 1',
    '9 ** 9 ** 9',
    '1 // 0',
    '$',
  ])('%s is not', (source) => expect(literal(source)).toBeUndefined());

  it.each([
    '['.repeat(1e5),
    '{'.repeat(1e5),
    '-'.repeat(1e5),
    '('.repeat(1e5),
    '"'.repeat(1e5 + 1),
    '{{'.repeat(60),
    '2 ** 2 ** 2 ** 2 ** 2 ** 2',
    `${'1 * '.repeat(1e5)}1`,
  ])('ends whatever it is given (%#)', (source) => void literal(source), 20_000);
});

const python: fc.Arbitrary<PythonValue> = fc.letrec<{ value: PythonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<PythonValue>(null, true, false),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.record({
      kind: fc.constantFrom('list' as const, 'tuple' as const),
      items: fc.array(tie('value'), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('set' as const),
      items: fc.array(fc.bigInt({ min: 0n, max: 9n }), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('dict' as const),
      entries: fc.uniqueArray(fc.tuple(fc.string(), tie('value')), { maxLength: 4, selector: ([key]) => key }),
    }),
  ),
})).value;

describe('the wire', () => {
  it('gives back what was sent', () => {
    fc.assert(
      fc.property(python, (value) => {
        expect(fromWire(JSON.parse(JSON.stringify(toWire(value))))).toEqual(value);
      }),
    );
  });

  it.each([
    '{"float": "constructor"}',
    '{"float": "x"}',
    '{"int": "x"}',
    '{"int": 1}',
    '{"tuple": 1}',
    '{"dict": [[1]]}',
    '{"dict": [1]}',
    '{}',
    '{"a": 1, "b": 2}',
    '1.5',
    '{"fraction": ["0x1"]}',
    `${'['.repeat(500)}${']'.repeat(500)}`,
  ])('refuses %s', (line) => expect(() => fromWire(JSON.parse(line))).toThrow());

  it('keeps what has no plain form apart from everything', () => {
    const handle = fromWire({ handle: 3 });
    expect(pythonEquals(handle, handle)).toBe(false);
  });
});

describe.skipIf(!existsSync(PYTHON))('beside Python itself', () => {
  /** Python's own answers to a list of expressions. */
  const ask = (expressions: readonly string[]): unknown[] =>
    JSON.parse(
      execFileSync(
        PYTHON,
        ['-I', '-S', '-c', 'import sys, json\nprint(json.dumps([eval(e) for e in json.load(sys.stdin)]))'],
        {
          input: JSON.stringify(expressions),
        },
      ).toString(),
    );

  it('equality is the same', () => {
    const atoms = [
      '0',
      '1',
      '1.0',
      '0.1',
      'True',
      'False',
      'None',
      '"1"',
      '2**53+1',
      '2.0**53',
      '-0.0',
      'b"a"',
      '"a"',
      '1e300*1e10',
      '3',
      '0.5',
    ];
    const values = [
      ...atoms,
      '[]',
      '[1]',
      '(1,)',
      '[1.0]',
      '{1}',
      '{1.0, 2}',
      '{2, True}',
      'set()',
      '{}',
      '{1: 2}',
      '{True: 2.0}',
      '{"a": [1]}',
      '{"a": [1.0]}',
      '[[1], {2: (3,)}]',
      '[[True], {2.0: (3.0,)}]',
    ];
    const pairs = values.flatMap((a) => values.map((b) => [a, b] as const));
    const own = pairs.map(([a, b]) => pythonEquals(literal(a)!, literal(b)!));
    expect(own).toEqual(ask(pairs.map(([a, b]) => `(${a}) == (${b})`)));
  });

  it('arithmetic is the same', () => {
    const number = fc.oneof(fc.integer({ min: -20, max: 20 }).map(String), fc.constantFrom('0.1', '2.5', '7.0', '1e3'));
    const expression = fc
      .array(fc.tuple(fc.constantFrom('+', '-', '*', '/', '//', '%'), number), { maxLength: 4 })
      .chain((rest) => number.map((first) => first + rest.map(([operator, next]) => ` ${operator} ${next}`).join('')));
    const expressions = fc.sample(expression, { numRuns: 400, seed: 7 }).filter((text) => literal(text) !== undefined);
    const wanted = ask(expressions.map((text) => `repr(${text})`));
    const own = expressions.map((text) => literal(text));
    expect(expressions.length).toBeGreaterThan(200);
    expressions.forEach((text, index) => {
      expect([text, pythonEquals(own[index]!, literal(wanted[index] as string)!)]).toEqual([text, true]);
      expect([text, typeof own[index]]).toEqual([text, /[.e]/.test(wanted[index] as string) ? 'number' : 'bigint']);
    });
  });

  it('texts are the same', () => {
    const texts = fc
      .sample(fc.string({ unit: 'binary', maxLength: 12 }), { numRuns: 200, seed: 3 })
      .filter((text) => text.isWellFormed());
    const written = ask(texts.map((text) => `repr(${JSON.stringify(text)})`));
    expect(written.map((text) => literal(text as string))).toEqual(texts);
  });
});

describe('numbers of different types', () => {
  const half = { kind: 'fraction', numerator: 1n, denominator: 2n } as const;
  const third = { kind: 'fraction', numerator: 1n, denominator: 3n } as const;
  it('a fraction equals the float that it is, and no other', () => {
    expect([pythonEquals(half, 0.5), pythonEquals(third, 1 / 3), pythonEquals(half, third)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(pythonEquals({ ...half, denominator: 1n }, 1n)).toBe(true);
  });

  it('a large set of the smallest floats is compared at once', () => {
    const items = Array.from({ length: 200_000 }, (_, index) => (index + 1) * Number.MIN_VALUE);
    expect(pythonEquals({ kind: 'set', items }, { kind: 'set', items: [1n] })).toBe(false);
  }, 10_000);
});
