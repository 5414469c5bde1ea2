import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePythonList } from '../../../../datasets/presets/values/python-list.ts';

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

describe('parsePythonList', () => {
  it('reads back what repr writes', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (items) => {
        expect(parsePythonList(`[${items.map(repr).join(', ')}]`)).toEqual(items);
      }),
    ));

  it('reads JSON lists of texts, tuples, and a comma at the end', () => {
    expect(parsePythonList('["a", "\\u0041\\n"]')).toEqual(['a', 'A\n']);
    expect(parsePythonList("('a',)")).toEqual(['a']);
    expect(parsePythonList(' [ ] ')).toEqual([]);
    expect(parsePythonList("['\\x41\\d']")).toEqual(['A\\d']);
  });

  it.for(['', '[', "['a'", "['a' 'b']", '[1]', "['a'] + x", "[f('a')]", "['a\\", "'a'", '[,]', "['a'))"])(
    '%s is none',
    (source) => expect(parsePythonList(source)).toBeNull(),
  );
});
