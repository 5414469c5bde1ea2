import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, served } from '../../../examples/closed-loop/python.ts';
import { verifyMaths } from '../../../verifiers/maths/index.ts';
import { readRows } from '../../helpers/real-data.ts';

const scripts = resolve('examples/closed-loop/python');

interface Row {
  readonly statement: string;
  readonly answer: string;
  readonly subject: string;
  readonly level: number;
}

describe('the exercises of the closed loop', () => {
  let folder: string;
  let server: Served;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-exercises-'));
    const sizes = ['--pool', '600', '--evaluation', '60', '--held-out', '120', '--longest', '8', '--seed', '7'];
    execFileSync('python3', ['-B', join(scripts, 'make_data.py'), '--out', folder, ...sizes]);
    server = await served('worked_server.py', {}, 'python3');
  });
  afterAll(() => {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const rows = (name: string) => readRows<Row>(join(folder, `${name}.jsonl`));
  const post = async <T>(path: string, body: object): Promise<T> =>
    (await fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<T>;
  const workedText = async (statement: string): Promise<string> => {
    const body = { model: 'worked', messages: [{ role: 'user', content: statement }] };
    const { choices } = await post<{ choices: { message: { content: string } }[] }>('/v1/chat/completions', body);
    return choices[0]!.message.content;
  };
  const marks = async (statement: string, steps: readonly string[]): Promise<number[]> => {
    const assistant = { role: 'assistant', content: steps.map((step) => `${step}<extra_0>`).join('') };
    const messages = [{ role: 'system', content: 'any' }, { role: 'user', content: statement }, assistant];
    const { data } = await post<{ data: { data: [number, number][] }[] }>('/pooling', { model: 'worked', messages });
    return data[0]!.data.map(([, right]) => right);
  };

  it('are dealt into sets that share none, each with every family and length', () => {
    const sets = ['pool', 'evaluation', 'held-out'].map(rows);
    expect(sets.map((set) => set.length)).toEqual([600, 60, 120]);
    expect(new Set(sets.flat().map(({ statement }) => statement)).size).toBe(780);
    for (const set of sets) {
      expect(new Set(set.map(({ subject }) => subject)).size).toBe(6);
      expect(new Set(set.map(({ level }) => level)).size).toBe(7);
    }
  });

  it('are worked by the teacher so that the verifier finds each answer, and a changed one wrong', async () => {
    for (const { statement, answer } of rows('held-out')) {
      const response = await workedText(statement);
      const judged = (reference: string) =>
        verifyMaths({ reference: { domain: 'maths', answer: reference }, response, accept: ['tagged'] }).verdict;
      expect(judged(answer), response).toBe('right');
      expect(judged(String(Number(answer) + 1)), response).toBe('wrong');
    }
  });

  it('have every step of their worked way marked right, and what strays from it wrong', async () => {
    for (const { statement } of rows('evaluation')) {
      const steps = (await workedText(statement)).split('\n\n');
      expect(await marks(statement, steps)).toEqual(steps.map(() => 1));
      const changed = steps.map((step, place) => (place === 1 ? `${step}0` : step));
      expect(await marks(statement, changed)).toEqual(steps.map((_, place) => (place === 1 ? 0 : 1)));
      expect((await marks(statement, [...steps, '#### 1'])).at(-1)).toBe(0);
    }
  });

  it('are all that the servers know', async () => {
    for (const statement of ['sum', 'sum a0', 'count a1b2', 'halve a1b2', 'sum 3 in a3']) {
      const body = JSON.stringify({ messages: [{ role: 'user', content: statement }] });
      const reply = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body });
      expect(reply.status, statement).toBe(400);
    }
  });
});
