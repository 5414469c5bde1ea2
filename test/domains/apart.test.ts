import { describe, expect, it } from 'vitest';
import { domainsOf } from '../../domains/registry.ts';
import type { Problem } from '../../schemas/types.ts';
import { openDomain } from './judging.ts';

/** What takes a second to read, and an answer behind it. */
const long = '所以答案是 7 不对，'.repeat(4_000);

const kinds: Readonly<Record<string, readonly [settings: { kind: string }, row: object, answer: string]>> = {
  text: [{ kind: 'text' }, { answer: 'red' }, '\\boxed{red}'],
  number: [{ kind: 'number' }, { answer: 7 }, '\\boxed{7}'],
  label: [{ kind: 'label', labels: ['red', 'green'] } as { kind: string }, { answer: 'red' }, '\\boxed{red}'],
  json: [{ kind: 'json' }, { answer: { a: 1 } }, '\\boxed{{"a": 1}}'],
  call: [{ kind: 'call' }, { answer: { name: 'a' } }, '\\boxed{{"name": "a"}}'],
  instructions: [{ kind: 'instructions' }, { tests: [{ rule: 'ends', text: 'red' }] }, 'red'],
  regex: [{ kind: 'regex' }, { answer: 'r[de]+' }, '\\boxed{red}'],
  choice: [{ kind: 'choice' }, { answer: 'B', choices: ['red', 'green'] }, '\\boxed{B}'],
};

/** How often the event loop turned before it was done. */
const turnsOf = async <Result>(does: () => Promise<Result>): Promise<readonly [Result, number]> => {
  let turns = 0;
  let ended = false;
  const count = (): void => {
    turns++;
    if (!ended) setTimeout(count, 1);
  };
  setTimeout(count, 1);
  const result = await does();
  ended = true;
  return [result, turns];
};

describe('a long answer', () => {
  it.each(Object.entries(kinds))('of kind %s is judged like a short one, and holds nobody up', async (_, kind) => {
    const [settings, row, answer] = kind;
    const domain = await openDomain(settings);
    const near = await domain.judge(row, `So: ${answer}`);
    const [far, turns] = await turnsOf(() => domain.judge(row, `${long}\nSo: ${answer}`));
    expect(near.verdict).toBe('right');
    expect(far).toMatchObject({ verdict: near.verdict, reason: near.reason, found: near.found });
    expect(turns).toBeGreaterThan(0);
    await domain.close();
  });

  it.each([
    ['maths', '\\boxed{7}', '7'],
    ['choice', '\\boxed{B}', 'B'],
  ])('votes in %s like a short one, and holds nobody up', async (kind, answer, vote) => {
    const { voting } = domainsOf({}).get(kind)!;
    const problem = { choices: ['red', 'green'] } as unknown as Problem;
    const voted = async (response: string) => voting?.answer(problem, response, ['boxed', 'cue', 'last']);
    expect(await voted(`So: ${answer}`)).toBe(vote);
    expect((await turnsOf(() => voted(`${long}\nSo: ${answer}`)))[1]).toBeGreaterThan(0);
    expect(await voted(`${long}\nSo: ${answer}`)).toBe(vote);
  });

  it('may be a short one whose row is long', async () => {
    const domain = await openDomain({ kind: 'choice' });
    const row = { answer: 'B', choices: ['red', 'green '.repeat(4_000)] };
    const [near, turns] = await turnsOf(() => domain.judge(row, 'So: \\boxed{B}'));
    expect([near.verdict, turns > 0]).toEqual(['right', true]);
    await domain.close();
  });

  it('is given up where its run is, and is not begun where it was', async () => {
    const domain = await openDomain({ kind: 'text' });
    const ending = new AbortController();
    const judging = domain.judge({ answer: 'red' }, `${long}\\boxed{red}`, ending.signal);
    ending.abort();
    await expect(judging).rejects.toThrow();
    expect((await domain.judge({ answer: 'red' }, `${long}\\boxed{red}`)).verdict).toBe('right');
    await domain.close();
  });
});
