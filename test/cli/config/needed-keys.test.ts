import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, type Purpose } from '../../../cli/config/load.ts';
import { configText, workFolder } from '../sluice.ts';

const url = 'http://127.0.0.1:9';
const text = configText(url)
  .replace('model: rehearsal-student', `model: rehearsal-student\n  apiKey: \${STUDENT_KEY}`)
  .replace('model: rehearsal-teacher', `model: rehearsal-teacher\n  headers: { api-key: "\${TEACHER_KEY}" }`)
  .replace('scorer: {', `scorer: { apiKey: "\${SCORER_KEY}",`);
const folder = workFolder({
  'sluice.yaml': text,
  'evaluated.yaml': `${text}\nevaluation: [{ path: problems.jsonl }]\n`,
  'shaping.yaml': text.replace('samples: 2', `samples: 2\n  extraBody: { tier: "\${TIER}" }`),
  'broker.yaml': text.replace(
    'transport: { kind: embedded, path: store }',
    `transport: { kind: kafka, brokers: [a:1], path: store, sasl: { mechanism: plain, username: u, password: "\${KAFKA}" } }`,
  ),
});
afterAll(() => folder.destroy());

/** The variables without which the purpose is refused, one after another. */
const neededFor = (purpose: Purpose, file = 'sluice.yaml'): string[] => {
  const environment: Record<string, string> = {};
  for (;;) {
    try {
      loadConfig(join(folder.path, file), [], environment, purpose);
      return Object.keys(environment);
    } catch (error) {
      const name = /environment variable (\w+) is not set/.exec((error as Error).message)?.[1];
      if (name === undefined) throw error;
      environment[name] = 'a-key-of-some-length';
    }
  }
};

describe('a key in the environment is needed', () => {
  it.for<[Purpose, string[]]>([
    ['work', ['STUDENT_KEY', 'SCORER_KEY', 'TEACHER_KEY']],
    ['look', []],
    [['grade'], ['STUDENT_KEY']],
    [['score', 'level'], ['SCORER_KEY']],
    [['generate'], ['TEACHER_KEY']],
    [['ingest', 'export', 'sample'], []],
  ])('to %s: %s', ([purpose, names]) => expect(neededFor(purpose)).toEqual(names));

  it('where the stage that ingests asks about the evaluation set', () => {
    expect(neededFor(['ingest'], 'evaluated.yaml')).toEqual(['STUDENT_KEY', 'SCORER_KEY']);
  });

  it('where it shapes answers, by every stage, but not to look', () => {
    expect(neededFor(['grade'], 'shaping.yaml')).toEqual(['STUDENT_KEY', 'TIER']);
    expect(neededFor('look', 'shaping.yaml')).toEqual([]);
  });

  it('where it leads to the run, also to look', () => {
    expect(neededFor('look', 'broker.yaml')).toEqual(['KAFKA']);
  });

  it('and one that is missing is no secret, so that its name is not taken out of what is said', () => {
    expect(loadConfig(join(folder.path, 'sluice.yaml'), [], {}, 'look').secrets).toEqual([]);
  });
});
