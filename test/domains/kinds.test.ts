import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDomain } from './judging.ts';

/** What a row asks, what a model says, and the verdict that both were made for. */
type Case = readonly [row: object, response: string, verdict: 'right' | 'wrong' | 'unverifiable'];

const cases: Readonly<Record<string, { readonly settings: { kind: string }; readonly cases: readonly Case[] }>> = {
  text: {
    settings: { kind: 'text', aliases: { 'United States': ['USA', 'U.S.'] } } as { kind: string },
    cases: [
      [{ answer: 'Marie Curie' }, 'The answer is **marie  curie**.', 'right'],
      [{ answer: 'Marie Curie' }, 'The answer is Pierre Curie.', 'wrong'],
      [{ answer: ['Köln', 'Cologne'] }, 'It lies on the Rhine: \\boxed{Cologne}', 'right'],
      [{ answer: ['Köln', 'Cologne'] }, '\\boxed{Bonn}', 'wrong'],
      [{ answer: 'United States' }, '<answer>USA</answer>', 'right'],
      [{ answer: 'ﬁne' }, '\\boxed{\\text{fine}}', 'right'],
      [{ answer: 'Marie Curie' }, 'The answer is not Marie Curie.', 'wrong'],
      [{ answer: 'Marie Curie' }, 'It was Pierre. Wait, no: the answer is Marie Curie.', 'right'],
      [{ answer: '+' }, 'The answer is \\boxed{+}', 'right'],
      [{ answer: '+' }, 'The answer is \\boxed{-}', 'wrong'],
      [{ answer: 'x' }, '', 'wrong'],
      [{ answer: '[]' }, 'x', 'unverifiable'],
    ],
  },
  number: {
    settings: { kind: 'number', absolute: 0.5, unit: 'ms' } as { kind: string },
    cases: [
      [{ answer: 1200 }, 'So it takes \\boxed{1,200.4 ms}.', 'right'],
      [{ answer: 1200 }, 'So it takes \\boxed{1,200.6}.', 'wrong'],
      [{ answer: 1200 }, 'The answer is 1200 s.', 'wrong'],
      [{ answer: '3/4' }, '#### 0.75', 'right'],
      [{ answer: '-2e3 ms' }, 'The answer is: −2000 \\text{ms}', 'right'],
      [{ answer: 12 }, '\\boxed{12.0.3}', 'wrong'],
      [{ answer: 12 }, 'none', 'wrong'],
      [{ answer: 'twelve' }, '12', 'unverifiable'],
    ],
  },
  label: {
    settings: { kind: 'label', labels: ['loose cable', 'overheating', 'interference'] } as { kind: string },
    cases: [
      [{ answer: 'overheating' }, 'Diagnosis: Overheating.', 'right'],
      [{ answer: 'loose cable' }, '\\boxed{loose_cable}', 'right'],
      [{ answer: 'overheating' }, '\\boxed{interference}', 'wrong'],
      [{ answer: 'overheating' }, '\\boxed{overheating, interference}', 'wrong'],
      [{ answer: 'overheating' }, '\\boxed{sunspots}', 'wrong'],
    ],
  },
  'labels together': {
    settings: { kind: 'label', labels: ['red', 'green', 'blue'], multiple: true } as { kind: string },
    cases: [
      [{ answer: ['red', 'blue'] }, '\\boxed{blue, red}', 'right'],
      [{ answer: ['red', 'blue'] }, '\\boxed{blue and red}', 'right'],
      [{ answer: ['red', 'blue'] }, '\\boxed{blue}', 'wrong'],
      [{ answer: ['red'] }, '\\boxed{blue, red}', 'wrong'],
    ],
  },
  json: {
    settings: {
      kind: 'json',
      relative: 0.01,
      schema: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string', pattern: '^(a+)+$' }, size: { type: 'number' } },
      },
    } as { kind: string },
    cases: [
      [{ answer: { name: 'aa', size: 100 } }, '```json\n{"size": 100.5, "name": "aa"}\n```', 'right'],
      [{ answer: { name: 'aa', size: 100 } }, 'So {"size": 102, "name": "aa"}', 'wrong'],
      [{ answer: { name: 'aa' } }, '{"name": "ab"}', 'wrong'],
      [{ answer: { name: 'aa' } }, '{"name": "aa", "__proto__": 1}', 'wrong'],
      [{ answer: { name: 'aa' } }, `{"name": "${'a'.repeat(50_000)}b"}`, 'wrong'],
      [{ answer: { name: 'aa' } }, 'no object', 'wrong'],
      [{ answer: '{broken' }, '{"name": "aa"}', 'unverifiable'],
    ],
  },
  call: {
    settings: { kind: 'call', order: 'any' } as { kind: string },
    cases: [
      [
        { answer: { name: 'move', arguments: { x: 1 } } },
        '```json\n[{"name": "move", "arguments": {"x": 1}}]\n```',
        'right',
      ],
      [
        { answer: { name: 'move', arguments: { x: 1 } } },
        '{"tool_calls": [{"function": {"name": "move", "arguments": "{\\"x\\": 1}"}}]}',
        'right',
      ],
      [{ answer: { name: 'move', arguments: { x: 1 } } }, '{"name": "move", "arguments": {"x": 2}}', 'wrong'],
      [{ answer: { name: 'move', arguments: {} } }, '{"name": "stop"}', 'wrong'],
      [{ answer: { anyOf: [{ name: 'a' }, [{ name: 'b' }, { name: 'c' }]] } }, '[{"name":"c"},{"name":"b"}]', 'right'],
      [{ answer: { name: 'a' } }, '[{"name":"a"},{"name":"a"}]', 'wrong'],
      [{ answer: 'hello' }, '{"name":"a"}', 'unverifiable'],
    ],
  },
  instructions: {
    settings: { kind: 'instructions' },
    cases: [
      [{ tests: [{ rule: 'words', max: 3 }] }, 'one two three', 'right'],
      [{ tests: [{ rule: 'words', max: 3 }] }, 'one two three four', 'wrong'],
      [{ tests: [{ rule: 'bullets', min: 2, max: 2 }] }, '- a\n- b', 'right'],
      [{ tests: [{ rule: 'contains', text: 'sea', min: 2 }] }, 'Sea and sea', 'right'],
      [{ tests: [{ rule: 'not', of: { rule: 'contains', text: 'sea' } }] }, 'Sea', 'wrong'],
      [{ tests: [{ rule: 'script', script: 'Cyrillic' }] }, 'Привет, мир', 'right'],
      [{ tests: [{ rule: 'script', script: 'Cyrillic' }] }, 'Hello', 'wrong'],
      [{ tests: [{ rule: 'any', rules: [{ rule: 'json' }, { rule: 'case', case: 'upper' }] }] }, 'LOUD', 'right'],
      [{ tests: [{ rule: 'matches', pattern: '^(x+x+)+y' }] }, 'x'.repeat(20_000), 'wrong'],
      [
        { tests: [{ rule: 'language', language: 'de' }] },
        'Das Wetter ist heute schön, und wir gehen ans Meer.',
        'right',
      ],
      [{ tests: [{ rule: 'language', language: 'de' }] }, 'The weather is fine today, so we go to the sea.', 'wrong'],
      [{ tests: [{ rule: 'paragraphs', min: 2 }] }, 'a\nb\n\nc', 'right'],
    ],
  },
  regex: {
    settings: { kind: 'regex', flags: 'i' } as { kind: string },
    cases: [
      [{ answer: '[a-c]+\\d' }, '\\boxed{ABC1}', 'right'],
      [{ answer: '[a-c]+\\d' }, '\\boxed{ABC12}', 'wrong'],
      [{ answer: '(a*)*b' }, `\\boxed{${'a'.repeat(50_000)}}`, 'wrong'],
      [{ answer: '(?=a)' }, 'a', 'unverifiable'],
    ],
  },
};

describe.each(Object.entries(cases))('%s', (_, { settings, cases }) => {
  // Some answers are megabytes: a title has their beginning.
  const titled = cases.map(([row, response, verdict]) => ({
    row,
    response,
    verdict,
    title: `${JSON.stringify(row)} answered with ${JSON.stringify(response)}`.slice(0, 160),
  }));
  it.each(titled)('$title is $verdict', async ({ row, response, verdict }) => {
    const domain = await openDomain(settings);
    expect(await domain.judge(row, response)).toMatchObject({ verdict });
    await domain.close();
  });
});

describe('every kind', () => {
  const rows: Readonly<Record<string, object>> = {
    text: { answer: 'a' },
    number: { answer: 1 },
    label: { answer: 'red' },
    json: { answer: { a: 1 } },
    call: { answer: { name: 'a' } },
    instructions: { tests: [{ rule: 'words', max: 5 }] },
    regex: { answer: '(a|aa)+$' },
  };
  const settingsOf = (kind: string) => (kind === 'label' ? { kind, labels: ['red', 'green'] } : { kind });

  it.each(Object.keys(rows))('%s judges whatever a model says', async (kind) => {
    const domain = await openDomain(settingsOf(kind));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (response) => {
        const { verdict } = await domain.judge(rows[kind] as object, response);
        expect(['right', 'wrong']).toContain(verdict);
      }),
      { numRuns: 200 },
    );
  });

  // What costs a quadratic reader minutes; whoever is linear does not notice.
  it.each(Object.keys(rows))('%s reads two million hostile characters', async (kind) => {
    const domain = await openDomain(settingsOf(kind));
    for (const part of ['\\boxed{', '{', '[', '```\n', '"', 'a', '<answer>', '#### ', 'answer is ', ' \n', '\\\\{']) {
      await domain.judge(rows[kind] as object, part.repeat(2_000_000 / part.length));
    }
    await domain.close();
  });
});

describe('a domain of mathematics', () => {
  it('has a thread load its code when it is opened: the first answers of a run do not wait for it', async () => {
    const started = new Promise<void>((resolve) => process.once('worker', () => resolve()));
    const domain = await openDomain({ kind: 'maths' });
    await started;
    await domain.close();
  });
});

describe('a row of a domain', () => {
  it('is refused where its label is none of the list', async () => {
    const domain = await openDomain({ kind: 'label', labels: ['red', 'green'] });
    expect(() => domain.problem({ answer: 'blue' })).toThrow('answer is "blue"; one of red, green is wanted.');
  });

  it('is refused where its rules are none', async () => {
    const domain = await openDomain({ kind: 'instructions' });
    const deep = Array.from({ length: 1000 }).reduce((of) => ({ rule: 'not', of }), { rule: 'json' });
    for (const [rule, why] of [
      [{ rule: 'matches', pattern: '(?=a)' }, 'RE2'],
      [{ rule: 'script', script: 'Klingon' }, 'script'],
      [{ rule: 'shout' }, 'tests.0.rule'],
      [deep, 'deep'],
    ] as const)
      expect(() => domain.problem({ tests: [rule] })).toThrow(why);
  });

  it('is refused where its domain is unknown, and never judged as maths', async () => {
    const domain = await openDomain({ kind: 'text' });
    expect(() => domain.problem({ answer: '1', domain: 'chemistry' })).toThrow(/domain is "chemistry"; one of .*maths/);
  });
});
