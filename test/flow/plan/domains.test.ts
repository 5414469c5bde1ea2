import { afterAll, beforeAll, expect, it } from 'vitest';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

let server: ModelServer;
let there: Place;
beforeAll(async () => {
  server = await modelServer({ chat: () => answered('1') });
  there = place();
});
afterAll(async () => {
  there.remove();
  await server.close();
});

it('a language that cannot be run here is said at the start, and no model is asked', async () => {
  const tests = { kind: 'stdin', cases: [{ input: '1', output: '1' }] };
  there.write('programs.jsonl', [{ statement: 'Print what you read.', language: 'C++', tests }]);
  const model = (name: string) => ({
    ...{ baseUrl: `${server.url}/v1`, model: name, maxTokens: 100 },
    prompt: { code: '{statement}' },
  });
  there.configure({
    run: 'languages',
    problems: [{ path: 'programs.jsonl', domain: 'code' }],
    // It runs no C++ on any machine, with a compiler or without.
    domains: { code: { kind: 'code', runner: 'deno' } },
    student: { ...model('student'), attempts: 4 },
    levels: { by: 'pass-rate' },
    target: { records: 1, distribution: 'natural' },
    teacher: model('teacher'),
  });

  const { code, stderr } = await sluiceHere(['run'], { cwd: there.folder });

  expect(stderr).toMatch(/programs\.jsonl: holds code problems in c\+\+, which cannot be judged here: it needs bwrap/);
  expect(code).toBe(2);
  expect(server.calls).toEqual([]);
});
