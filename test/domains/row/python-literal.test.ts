import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePythonLiteral } from '../../../domains/row/python-literal.ts';

/** As Python's `repr` writes a string. */
const repr = (text: string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escapes: Record<string, string> = {
    '\\': '\\\\',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    [quote]: `\\${quote}`,
  };
  return quote + [...text].map((one) => escapes[one] ?? one).join('') + quote;
};

describe('parsePythonLiteral', () => {
  it('reads back what repr writes', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (items) => {
        expect(parsePythonLiteral(`[${items.map(repr).join(', ')}]`)).toEqual(items);
      }),
    ));

  it('reads JSON lists of texts, tuples, and a comma at the end', () => {
    expect(parsePythonLiteral('["a", "\\u0041\\n"]')).toEqual(['a', 'A\n']);
    expect(parsePythonLiteral("('a',)")).toEqual(['a']);
    expect(parsePythonLiteral(' [ ] ')).toEqual([]);
    expect(parsePythonLiteral("['\\x41\\d']")).toEqual(['A\\d']);
  });

  it.for(['', '[', "['a'", "['a' 'b']", "['a'] + x", "[f('a')]", "['a\\", '[,]', "['a'))"])('%s is none', (source) =>
    expect(parsePythonLiteral(source)).toBeUndefined(),
  );

  it('reads numbers, words and dictionaries of either language', () => {
    expect(parsePythonLiteral("{'ground_truth': '4', 'n': [1, -2.5e3, None, True], \"x\": {}}")).toEqual({
      ground_truth: '4',
      n: [1, -2500, null, true],
      x: {},
    });
    expect(parsePythonLiteral('12345678901234567890')).toBe(12345678901234567890n);
    expect(parsePythonLiteral(`${'['.repeat(101)}${']'.repeat(101)}`)).toBeUndefined();
    expect(parsePythonLiteral("{'__proto__': 'a'}")).toHaveProperty('__proto__', 'a');
  });
});
