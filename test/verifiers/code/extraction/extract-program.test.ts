import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractProgram } from '../../../../verifiers/code/index.ts';

const whole = { prompt: null, functions: [] };
const f = { prompt: null, functions: ['f'] };
const prompt = 'import math\n\ndef f(x):\n    """Doubles x."""\n';
const completion = { prompt, functions: ['f'] };
const source = (response: string, wanted: Parameters<typeof extractProgram>[1] = whole) =>
  extractProgram(response, wanted)?.source ?? null;

describe('a program in fences', () => {
  it('is the last complete one', () => {
    const answer = 'First:\n```python\na = 1\n```\nBetter:\n```python\nb = 2\n```\nAnd then\n```python\nc = ';
    expect(source(answer)).toBe('b = 2');
  });

  it('is marked as Python rather than not, and never as another language', () => {
    const answer = '```py\na = 1\n```\nIt prints\n```\n1 2 3\n```\nRun it by\n```bash\npython a.py\n```';
    expect(source(answer)).toBe('a = 1');
  });

  it('is the one that defines the function which the tests call', () => {
    const answer = '```python\ndef f(x):\n    return x\n```\nUse it:\n```python\nprint(f(2))\n```';
    expect(source(answer, f)).toBe('def f(x):\n    return x');
  });

  it('may be a method, or assigned', () => {
    const method = '```python\nclass Solution:\n    def f(self): pass\n```\n```python\nprint(1)\n```';
    expect(source(method, f)).toContain('class Solution');
    expect(source('```python\nf = lambda x: x\n```\n```python\nprint(1)\n```', f)).toBe('f = lambda x: x');
  });

  it('has a body, rather than repeating the signature', () => {
    const solution = 'def f(x):\n    return x';
    for (const stub of ['def f(x): ...', 'def f(x):\n    """Doubles."""\n    pass']) {
      expect(source(`\`\`\`python\n${solution}\n\`\`\`\nAs asked:\n\`\`\`python\n${stub}\n\`\`\``, f)).toBe(solution);
      expect(source(`\`\`\`python\n${stub}\n\`\`\``, f)).toBe(stub);
    }
  });

  it.each([
    ['remarks', '# Input: 1\n# Output: 1'],
    ['a line of it', 'print(n)'],
    ['a line of it that reads', 'n = int(input())'],
  ])('reads and writes, where the tests call nothing and %s stand last', (_, last) => {
    const answer = `\`\`\`python\nn = int(input())\nprint(n)\n\`\`\`\nNote:\n\`\`\`python\n${last}\n\`\`\``;
    expect(source(answer)).toBe('n = int(input())\nprint(n)');
  });

  it('may bear the mark of another language, where no other block is there', () => {
    expect(source('```text\na, b = 1, 2\nprint(a)\n```')).toBe('a, b = 1, 2\nprint(a)');
    expect(source('```cpp\n#include <cstdio>\nint main() { puts("1"); }\n```')).toBeNull();
  });

  it('was never closed, where there is no other', () => {
    expect(source('Here:\n```python\na = 1\nb = 2')).toBe('a = 1\nb = 2');
  });

  it.each(['``', '`', '```<end_of_turn>', '```</answer>', '```<seed:eos>', '```<[end▁of▁sentence]>'])(
    'may end with %j',
    (end) => expect(source(`So:\n\`\`\`python\na = 1\n${end}\n`)).toBe('a = 1'),
  );

  it('may have been opened by the prompt that it completes', () =>
    expect(source('    return 2 * x\n```\nIt doubles.', completion)).toBe(`${prompt}    return 2 * x`));

  it.each([
    ['tildes', '~~~python\na = 1\n~~~'],
    ['four ticks', '````python\na = 1\n````'],
    ['an upper-case language', '```Python\na = 1\n```'],
    ['the language in the first line', '```\npython\na = 1\n```'],
    ['a space before the language', '``` python\na = 1\n```'],
    ['attributes after the language', '```python title="a.py"\na = 1\n```'],
    ['Windows line ends', '```python\r\na = 1\r\n```'],
    ['a byte order mark', '```python\n\uFEFFa = 1\n```'],
    ['the fence behind a sentence', 'So: ```python\na = 1\n```'],
    ['the code right behind the language', '```python a = int(input())\nprint(a)\n```', 'a = int(input())\nprint(a)'],
    ['the closing fence behind the code', '```python\na = 1```'],
    ['prose behind the closing fence', '```python\na = 1``` sets a.\nNothing else.'],
    ['a file behind the language', '```python main.py\na = 1\n```'],
    ['a list item', '1. So:\n   ```python\n   a = 1\n   ```'],
  ])('may be written with %s', (_, answer, code = 'a = 1') => expect(source(answer)).toBe(code));

  it('goes on behind a fence in its docstring, but not behind one that a broken text ends with', () => {
    const program = '"""Adds.\n```\n1 2\n```\n"""\nprint(sum(map(int, input().split())))';
    expect(source(`\`\`\`python\n${program}\n\`\`\``)).toBe(program);
    expect(source('```python\ns = """\n```\nBetter:\n```python\na = 1\n```')).toBe('a = 1');
  });

  it('is the last one that is called the final version, though it reads nothing', () => {
    const answer = (lead: string) => `\`\`\`python\nprint(input())\n\`\`\`\n${lead}:\n\`\`\`python\nprint(0)\n\`\`\``;
    expect(source(answer('The corrected version'))).toBe('print(0)');
    expect(source(answer('The final print'))).toBe('print(input())');
  });

  it('may hold shorter fences', () => {
    expect(source('````python\na = """\n```\n"""\n````')).toBe('a = """\n```\n"""');
  });
});

describe('the helpers of a program', () => {
  const helper = 'def g(x):\n    return x + 1';
  const program = 'def f(x):\n    return g(x)';
  const fenced = (...codes: string[]) => codes.map((code) => `Then:\n\`\`\`python\n${code}\n\`\`\`\n`).join('');

  it.each([
    ['before it', fenced(helper, program), `${helper}\n${program}`],
    ['behind it', fenced(program, helper), `${program}\n${helper}`],
    ['with helpers of their own', fenced('def h(x): return x', 'def g(x): return h(x)', program), /^def h.*\ndef g/],
  ])('come with it from other blocks: %s', (_, answer, expected) => expect(source(answer, f)).toMatch(expected));

  it.each([
    ['it defines them itself', fenced('def g(x):\n    return 0', `${helper}\n${program}`), `${helper}\n${program}`],
    ['it does not call them', fenced(helper, 'def f(x):\n    return x'), 'def f(x):\n    return x'],
    ['they stand in an earlier try of it', fenced(`${helper}\ndef f(x): return 0`, program), program],
    ['the block was never closed', `${fenced(program)}\`\`\`python\n${helper}`, program],
  ])('stay away where %s', (_, answer, expected) => expect(source(answer, f)).toBe(expected));
});

describe('a program without fences', () => {
  it.each([
    ['[PYTHON]', '[/PYTHON]'],
    ['<python>', '</python>'],
    ['<solution>', '</solution>'],
    ['<tool_code>', '</tool_code>'],
    ['<pre>', '</pre>'],
    ['<|python_tag|>', ''],
    ['BEGIN CODE', 'END CODE'],
    ['---', '---'],
    ['[CODE]', '[/CODE]'],
  ])('may stand between %s and %s', (open, close) =>
    expect(source(`Here:\n${open}\nn = int(input())\nprint(n)\n${close}\nIt prints n.`)).toBe(
      `n = int(input())\nprint(n)${close === '---' ? '' : '\n'}`,
    ),
  );

  it('may stand between ticks, or behind a colon', () => {
    expect(source('The line `print(int(input()) ** 2)` does it, `x` is read.')).toBe('print(int(input()) ** 2)');
    expect(source('The line ```print(int(input()))``` does it.')).toBe('print(int(input()))');
    expect(source('```python print(int(input()))```')).toBe('print(int(input()))');
    expect(source('Answer: print(1)')).toBe('print(1)');
    expect(source('The function `print` prints.')).toBeNull();
  });

  it('may hold sentences and rules in a text', () => {
    const program = '"""\nThis program reads a number.\n---\n"""\nprint(int(input()))';
    expect(source(program)).toBe(program);
  });

  it('may begin right behind its tag', () => expect(source('<answer>print(1)</answer>')).toBe('print(1)'));

  it('may be set off by a margin', () => {
    const code = '    def f(x):\n        y = x\n\n        return y\n';
    expect(source(`The function:\n\n${code}\nIt is linear.`, f)).toBe('def f(x):\n    y = x\n\n    return y\n');
    expect(source(`Input:\n\n    1 2 3\n\nCode:\n\n\tprint(1)`)).toBe('print(1)');
    expect(source('.\n    """\n\n    return x\n', completion)).toBeNull();
    expect(source('As said above:\n\n    the sum is 3', f)).toBeNull();
  });

  it('may be shown with the prompts of a session, in fences or not', () => {
    const session = '>>> def f(x):\n...     return x\n...\n>>> f(2)\n2';
    const typed = 'def f(x):\n    return x\n\nf(2)';
    expect(source(session, f)).toBe(typed);
    expect(source(`\`\`\`python\n${session}\n\`\`\``, f)).toBe(typed);
    const documented = 'def f(x):\n    """\n    >>> f(2)\n    2\n    """\n    return x';
    expect(source(documented, f)).toBe(documented);
  });

  it('is the whole answer', () => expect(source('import sys\nprint(1)')).toBe('import sys\nprint(1)'));
  it('may begin with a comment', () => expect(source('# adds\nn = int(input())\n')).toBe('# adds\nn = int(input())\n'));
  it('begins after the prose and ends before it', () => {
    const answer = 'Sure, here it is:\n\ndef f(x):\n    return x\n\nThis function returns its argument.';
    expect(source(answer)?.trim()).toBe('def f(x):\n    return x');
  });
  it.each(['a, b = 1, 2', 'self.a = 1', 'a: int = 1', 'a[b[0]], *c = d', '(a, b) = c'])('may begin with %j', (line) =>
    expect(source(`${line}\nprint(1)`)).toBe(`${line}\nprint(1)`),
  );
  it('begins after the prose where it reads', () => {
    const program = 'a, b = map(int, input().split())\nprint(a + b)';
    expect(source(`Here it is:\n\n${program}`)).toBe(program);
  });
  it.each([
    ['[BEGIN]\n', '\n[DONE]\nAnd more'],
    ['<answer>\n', '\n</answer>'],
    ['', '</code>'],
    ['', '<|endoftext|>'],
  ])('stands between tags: %j, %j', (opening, ending) => {
    expect(source(`${opening}a = 1\nprint(a)${ending}`)?.trim()).toBe('a = 1\nprint(a)');
  });
  it('keeps tags that it holds as text', () => {
    const program = 'print("[DONE]")\nprint("</code>")';
    expect(source(program)).toBe(program);
  });
  it.each(['Answer: x = 5', 'The totals: a, b = 3'])('is not in the prose %j', (answer) => {
    expect(source(answer)).toBeNull();
  });
  it.each(['', '   \n\n', 'I cannot do that.', '42'])('is not in %j', (answer) => expect(source(answer)).toBeNull());
});

describe('thoughts', () => {
  it('are left out', () => {
    expect(source('<think>\n```python\na = 0\n```\n</think>\n```python\na = 1\n```')).toBe('a = 1');
  });
  it('that never ended hold no answer', () => expect(source('<think>\n```python\na = 0\n```')).toBeNull());
  it('may lack their beginning', () => expect(source('```python\na = 0\n```\n</think>\na = 1')?.trim()).toBe('a = 1'));
});

describe('a completion of a prompt', () => {
  const completed = (body: string) => `import math\n\ndef f(x):\n    """Doubles x."""\n${body}`;

  it.each([
    ['indented', '    y = x\n    return y', '    y = x\n    return y'],
    ['after an empty line', '\n    return x', '    return x'],
    ['stripped at its start', 'y = x\n    return y', '    y = x\n    return y'],
    ['stripped before a block', 'if x:\n        return 1\n    return 2', '    if x:\n        return 1\n    return 2'],
    ['without any indentation', 'if x:\n    return 1\nreturn 2', '    if x:\n        return 1\n    return 2'],
    ['in a fence', '```python\nreturn x\n```', '    return x'],
    ['in a fence, indented', '```python\n    return x\n```', '    return x'],
    ['with a tab', '\tif x:\n\t\treturn 1\n\treturn 2', '    if x:\n    \treturn 1\n    return 2'],
    ['with fewer spaces', '  if x:\n    return 1\n  return 2', '    if x:\n      return 1\n    return 2'],
    ['with more spaces', '      y = x\n      return y', '    y = x\n    return y'],
    ['with a space lost', '   y = x\n    return y', '    y = x\n    return y'],
    [
      'with fewer, before a function',
      '  return g(x)\n\ndef g(x):\n  return x',
      '    return g(x)\n\ndef g(x):\n  return x',
    ],
  ])('may come %s', (_, answer, body) => {
    expect(extractProgram(answer, completion)).toEqual({ source: completed(body), completion: true });
  });

  it.each(['return x', '        return x', '```python\nreturn x\n```'])('goes on in a method: %j', (answer) => {
    const method = 'class S:\n    def f(self, x):\n        ';
    expect(source(answer, { prompt: method, functions: ['f'] })).toBe(
      'class S:\n    def f(self, x):\n        return x',
    );
  });

  it('is indented as the docstring is', () => {
    const two = { prompt: 'def f(x):\n  """Doubles x."""\n', functions: ['f'] };
    expect(source('y = x\n  return y', two)).toBe('def f(x):\n  """Doubles x."""\n  y = x\n  return y');
  });

  it('goes on as it is where a second function follows', () => {
    const answer = '    return g(x)\n\ndef g(x):\n    return x\n';
    expect(source(answer, completion)).toBe(completed(answer));
  });

  it('stands alone where it defines the function itself', () => {
    const answer = '```python\ndef f(x):\n    return x\n```';
    expect(extractProgram(answer, completion)).toEqual({ source: 'def f(x):\n    return x', completion: false });
  });
});

it('reads hostile answers in time that grows with their length', () => {
  const answers = [
    '`'.repeat(1e6),
    '```python\n'.repeat(1e5),
    '<think>'.repeat(1e5),
    ' '.repeat(1e6),
    'def f'.repeat(2e5),
    `\`\`\`\n${'def f(): ...\n'.repeat(1e5)}`,
    Array.from({ length: 2e4 }, (_, one) => `\`\`\`\ndef g${one}(): g${one + 1}()\n\`\`\``).join('\n'),
    '>>> f()\n'.repeat(1e5),
    '\n\n    x = 1\n\n.'.repeat(5e4),
  ];
  for (const answer of [
    ...answers,
    'A '.repeat(5e5),
    '\n'.repeat(1e6),
    'x = '.repeat(2e5),
    'a['.repeat(3e5),
    'a[],'.repeat(2e5),
  ]) {
    extractProgram(answer, completion);
  }
}, 120_000);

it('takes a block of comments alone where no other is', () => {
  expect(source('```python\n# later\n```')).toBe('# later');
  expect(source('```python\nprint(1)\n```\n```python\n# later\n```')).toBe('print(1)');
});

it('takes back what was put between fences', () => {
  const line = fc.string({ maxLength: 20 }).filter((text) => !/[`~\r\n]/.test(text));
  const program = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(program, line, (code, prose) => {
      fc.pre(code.trim() !== '' && !prose.includes('think>') && !code.includes('think>'));
      expect(source(`${prose}\n\`\`\`python\n${code}\n\`\`\`\n${prose}`)).toBe(code);
    }),
  );
});

it('reads no more of an answer than a model writes of a program', () => {
  const program = (blank: string) => `\`\`\`python\nprint(1)\n\`\`\`\n${blank}\`\`\`python\nprint(2)\n\`\`\``;
  expect(source(program('\n'.repeat(2 ** 20)))).toBe('print(2)');
  expect(source(`\`\`\`python\nprint(1)\n\`\`\`${'\n'.repeat(2 ** 20)}`)).toBeNull();
});
