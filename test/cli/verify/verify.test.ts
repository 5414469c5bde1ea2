import { describe, expect, it } from 'vitest';
import { sluice, workFolder } from '../sluice.ts';

const fenced = (code: string): string => `\`\`\`python\n${code}\n\`\`\``;
const asserts = (text: string) => ({ kind: 'asserts', setup: '', asserts: [text] });

/** A line of input, and what its line of output must hold. */
const lines: readonly (readonly [line: object | string, wanted: object])[] = [
  [
    { id: 'a', answer: '\\frac{1}{2}', response: '<think>maybe 3</think>\\boxed{0.5}' },
    { id: 'a', verdict: 'right', extracted: '0.5' },
  ],
  [
    { id: 7, answer: '3', response: 'So \\boxed{4}.' },
    { id: '7', verdict: 'wrong', extracted: '4' },
  ],
  [
    { answer: '3', response: '' },
    { id: null, verdict: 'wrong' },
  ],
  [
    { id: 'c', domain: 'choice', choices: ['x', 'y'], answer: 'B', response: 'The answer is (B).' },
    { verdict: 'right', extracted: 'B' },
  ],
  ['no json', { verdict: 'unverifiable', reason: expect.stringContaining('line 5 is not JSON') }],
  [
    { id: 'd', answer: '3' },
    { id: 'd', verdict: 'unverifiable', reason: expect.stringContaining('response is not there') },
  ],
  [
    { id: 'e', domain: 'code', tests: asserts('assert f(1) == 2'), response: fenced('def f(x): return x + 1') },
    { id: 'e', verdict: 'right', passedShare: 1 },
  ],
  [
    { id: 'f', domain: 'code', tests: asserts('assert f(1) == 2'), response: fenced('def f(x): return x') },
    { id: 'f', verdict: 'wrong', passedShare: 0 },
  ],
  [
    { id: 'g', domain: 'code', tests: { kind: 'guess' }, response: '' },
    { id: 'g', verdict: 'unverifiable' },
  ],
];

describe('sluice verify', () => {
  it('writes one line for each, in order, and says which could not be judged', async () => {
    const folder = workFolder();
    const input = lines.map(([line]) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const ended = await sluice(['verify'], { cwd: folder.path, input: `${input}\n` });
    const judged = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(judged).toHaveLength(lines.length);
    for (const [index, [, wanted]] of lines.entries()) expect(judged[index]).toMatchObject(wanted);
    for (const one of judged)
      expect(Object.keys(one)).toEqual([
        'id',
        'verdict',
        'reason',
        'extracted',
        'found',
        'passedShare',
        'milliseconds',
      ]);
    expect(ended.stderr).toContain('3 lines could not be judged');
    expect(ended.code).toBe(1);
    folder.destroy();
  });

  it('judges a pair of arguments, and explains', async () => {
    const folder = workFolder();
    const args = ['verify', '--reference', '50\\%', '--response', 'It is \\boxed{\\frac12}', '--explain'];
    const ended = await sluice(args, { cwd: folder.path });
    const judged = JSON.parse(ended.stdout);
    expect(judged.verdict).toBe('right');
    expect(judged.explanation).toMatchObject({ found: 'boxed', reference: expect.any(String) });
    expect(ended.code).toBe(0);
    folder.destroy();
  });
});
