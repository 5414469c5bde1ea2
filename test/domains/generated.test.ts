import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDomain } from './judging.ts';

/** A question with an answer that is right by construction and one that is wrong, as a model would put them. */
interface Made {
  readonly row: object;
  readonly right: string;
  readonly wrong: string;
}

const word = fc.stringMatching(/^[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]$/);
const words = fc.uniqueArray(word, { minLength: 4, maxLength: 6 });

/** The ways in which models give an answer. */
const turn = fc.constantFrom<(answer: string) => string>(
  (answer) => `First we look at it.\n\nThen we know: \\boxed{${answer}}`,
  (answer) => `We look at it. The answer is ${answer}.`,
  (answer) => `We look at it.\n<answer>${answer}</answer>`,
  (answer) => `We look at it.\n#### ${answer}`,
  (answer) => `We look at it.\n\n**Final answer:** ${answer}`,
);
const respelt = fc.constantFrom<(answer: string) => string>(
  (answer) => answer,
  (answer) => answer.toUpperCase(),
  (answer) => answer.normalize('NFD'),
  (answer) => `**${answer}**`,
  (answer) => answer.replaceAll(' ', '  '),
);

/** A pattern with a text that it matches, whole. */
const pattern: fc.Arbitrary<{ pattern: string; text: string }> = fc
  .array(
    fc.oneof(
      word.map((one) => ({ pattern: one, text: one })),
      fc.integer({ min: 1, max: 9 }).map((n) => ({ pattern: `\\d{${n}}`, text: '7'.repeat(n) })),
      fc.tuple(word, word).map(([a, b]) => ({ pattern: `(?:${a}|${b})`, text: b })),
      word.map((one) => ({ pattern: `(?:${one})+`, text: one + one })),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => ({
    pattern: parts.map((one) => one.pattern).join('-'),
    text: parts.map((one) => one.text).join('-'),
  }));

/** Rules that hold of a text of so many words and lines, and rules that do not, put together at random. */
const rules = fc.letrec<{ rule: { rule: object; holds: boolean } }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc
      .record({ count: fc.integer({ min: 0, max: 8 }), of: fc.constantFrom('words', 'bullets', 'contains') })
      .map(({ count, of }) => {
        const true_ = { words: 6, bullets: 2, contains: 3 }[of] as number;
        const rule = { rule: of, min: count, max: count, ...(of === 'contains' && { text: 'sea' }) };
        return { rule, holds: true_ === count };
      }),
    fc.constantFrom(
      { rule: { rule: 'case', case: 'lower' }, holds: true },
      { rule: { rule: 'case', case: 'upper' }, holds: false },
      { rule: { rule: 'starts', text: '- sea' }, holds: true },
      { rule: { rule: 'ends', text: 'sun' }, holds: false },
      { rule: { rule: 'json' }, holds: false },
      { rule: { rule: 'matches', pattern: 's(e|k)[ay]' }, holds: true },
    ),
    tie('rule').map(({ rule, holds }) => ({ rule: { rule: 'not', of: rule }, holds: !holds })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({
      rule: { rule: 'all', rules: all.map(({ rule }) => rule) },
      holds: all.every(({ holds }) => holds),
    })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({
      rule: { rule: 'any', rules: all.map(({ rule }) => rule) },
      holds: all.some(({ holds }) => holds),
    })),
  ),
}));
const RULED = '- sea sea\n- sea sky';

const fenced = (value: unknown): string => `So:\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\``;
const object = fc.dictionary(word, fc.oneof(fc.integer(), word, fc.array(fc.integer(), { maxLength: 4 })), {
  minKeys: 1,
  maxKeys: 5,
});
const turnedAround = (value: object): object => Object.fromEntries(Object.entries(value).reverse());

const made: Readonly<Record<string, { settings: { kind: string }; cases: fc.Arbitrary<Made> }>> = {
  text: {
    settings: { kind: 'text' },
    cases: fc.tuple(words, turn, respelt).map(([[a, b, c], turn, respelt]) => ({
      row: { answer: [`${a} ${b}`, `${b} ${c}`] },
      right: turn(respelt(`${b} ${c}`)),
      wrong: turn(respelt(`${a} ${c}`)),
    })),
  },
  'text that is taken back': {
    settings: { kind: 'text' },
    cases: words.map(([a, b]) => ({
      row: { answer: a },
      right: `The answer is ${b}. Wait, no: the answer is ${a}.`,
      wrong: `The answer is not ${a}. The answer is ${b}.`,
    })),
  },
  number: {
    settings: { kind: 'number', relative: 0.001, unit: 'ms' } as { kind: string },
    cases: fc
      .tuple(fc.integer({ min: 1, max: 1e6 }), turn, fc.constantFrom('', ' ms', ' \\text{ms}'), fc.boolean())
      .map(([whole, turn, unit, grouped]) => {
        const write = (value: number) => (grouped ? value.toLocaleString('en-US') : String(value)) + unit;
        return {
          row: { answer: whole },
          right: turn(write(whole)),
          wrong: turn(write(whole + Math.ceil(whole / 400))),
        };
      }),
  },
  'number in another unit': {
    settings: { kind: 'number', unit: 'ms' } as { kind: string },
    cases: fc.tuple(fc.integer({ min: 1, max: 1e6 }), turn).map(([whole, turn]) => ({
      row: { answer: `${whole} ms` },
      right: turn(`${whole} ms`),
      wrong: turn(`${whole} kg`),
    })),
  },
  label: {
    settings: { kind: 'label', labels: ['loose cable', 'overheating', 'interference', 'bad clock'] } as {
      kind: string;
    },
    cases: fc
      .tuple(fc.shuffledSubarray(['loose cable', 'overheating', 'interference', 'bad clock'], { minLength: 4 }), turn)
      .chain(([[a = '', b = ''], turn]) =>
        respelt.map((respelt) => ({ row: { answer: a }, right: turn(respelt(a)), wrong: turn(respelt(b)) })),
      ),
  },
  json: {
    settings: { kind: 'json' },
    cases: fc.tuple(object, word).map(([value, other]) => {
      const [key = ''] = Object.keys(value);
      return {
        row: { answer: value },
        right: fenced(turnedAround(value)),
        wrong: fenced({ ...value, [key]: [other] }),
      };
    }),
  },
  call: {
    settings: { kind: 'call' },
    cases: fc.tuple(words, object).map(([[name = '', other = ''], given]) => ({
      row: { answer: { anyOf: [{ name, arguments: given }, { name: 'stop' }] } },
      right: fenced([{ name, parameters: turnedAround(given) }]),
      wrong: fenced([{ name, arguments: { ...given, [`${other}x`]: 1 } }]),
    })),
  },
  regex: {
    settings: { kind: 'regex' },
    cases: pattern.map(({ pattern, text }) => ({
      row: { answer: pattern },
      right: `\\boxed{${text}}`,
      wrong: `\\boxed{${text}+}`,
    })),
  },
};

describe.each(Object.entries(made))('generated answers: %s', (_, { settings, cases }) => {
  it('are right and wrong as they were made', async () => {
    const domain = await openDomain(settings);
    await fc.assert(
      fc.asyncProperty(cases, async ({ row, right, wrong }) => {
        expect(await domain.judge(row, right), right).toMatchObject({ verdict: 'right' });
        expect(await domain.judge(row, wrong), wrong).toMatchObject({ verdict: 'wrong' });
      }),
    );
    await domain.close();
  });
});

describe('generated answers', () => {
  it('hold rules that are put together as logic says, and tell the share that holds', async () => {
    const domain = await openDomain({ kind: 'instructions' });
    await fc.assert(
      fc.asyncProperty(fc.array(rules.rule, { minLength: 1, maxLength: 4 }), async (all) => {
        const judged = await domain.judge({ tests: all.map(({ rule }) => rule) }, RULED);
        const share = all.filter(({ holds }) => holds).length / all.length;
        expect(judged.verdict).toBe(share === 1 ? 'right' : 'wrong');
        expect(judged.passedShare).toBeCloseTo(share);
      }),
    );
  });

  it('share as many labels as sets share', async () => {
    const labels = ['red', 'green', 'blue', 'black', 'white'];
    const domain = await openDomain({ kind: 'label', labels, multiple: true });
    const some = fc.subarray(labels, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(some, some, async (wanted, named) => {
        const judged = await domain.judge({ answer: wanted }, `\\boxed{${named.toReversed().join(', ')}}`);
        const both = new Set(wanted).intersection(new Set(named)).size;
        expect(judged.passedShare).toBeCloseTo(both / new Set([...wanted, ...named]).size);
        expect(judged.verdict).toBe(both === wanted.length && both === named.length ? 'right' : 'wrong');
      }),
    );
  });

  it('are right for a number exactly where they are within the tolerance', async () => {
    const domain = await openDomain({ kind: 'number', absolute: 0.01, relative: 0 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -50, max: 50 }), async (whole, off) => {
        const given = (whole + off / 1000).toFixed(3);
        const { verdict } = await domain.judge({ answer: whole }, `\\boxed{${given}}`);
        if (Math.abs(off) !== 10) expect(verdict).toBe(Math.abs(off) < 10 ? 'right' : 'wrong');
      }),
    );
  });
});
