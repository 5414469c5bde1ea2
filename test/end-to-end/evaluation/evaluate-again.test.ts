import { afterAll, beforeAll, expect, it } from 'vitest';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

let server: ModelServer;
let there: Place;
let looks = 0;
let weights = '/models/student/first';
beforeAll(async () => {
  server = await modelServer({
    chat: ({ text }) => answered(text.includes('3') ? 'no idea' : '\\boxed{7}'),
    models: () => [{ id: 'student', created: ++looks, root: weights }],
  });
  there = place();
  there.write(
    'evaluation.jsonl',
    Array.from({ length: 6 }, (_, index) => ({ statement: `Problem ${index}.`, domain: 'maths', answer: '7' })),
  );
});
afterAll(async () => {
  there.remove();
  await server.close();
});

const evaluate = (run: string, revision: string, ...more: string[]) => {
  there.configure({
    run,
    student: { baseUrl: `${server.url}/v1`, model: 'student', revision },
    scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
    evaluation: [{ path: 'evaluation.jsonl' }],
    teacher: { baseUrl: `${server.url}/v1`, model: 'teacher' },
  });
  return sluiceHere(['evaluate', ...more], { cwd: there.folder });
};

it('is not compared with itself: answers that all came from the journal measure nothing anew', async () => {
  const first = await evaluate('before', '', '--json');
  expect(JSON.parse(first.stdout).answers).toEqual({ asked: 6, journaled: 0 });
  const again = await evaluate('after', '');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('6 of the 6 answers came from the journal') });
  const compared = await evaluate('after', '', '--against', 'before');
  expect(compared.code).toBe(2);
  expect(compared.stderr).toContain('--against before: both are of the student student, and all 6 answers came from');
  const trained = await evaluate('trained', 'v2', '--against', 'before', '--json');
  expect(trained.code, trained.stderr).toBe(0);
  expect(JSON.parse(trained.stdout)).toMatchObject({
    answers: { asked: 6, journaled: 0 },
    against: { common: 6, gained: 0 },
  });
});

it('says that a server tells of other weights under the same name, once, and nothing where it does not', async () => {
  const { stderr: same } = await evaluate('same', '');
  expect(same).not.toContain('something else about');
  weights = '/models/student/trained';
  const { stderr: changed } = await evaluate('changed', '');
  expect(changed).toContain(`student: ${server.url}/v1 says something else about student than when it was last looked`);
  expect(changed).toContain('give student.revision another value');
  expect((await evaluate('later', '')).stderr).not.toContain('something else about');
  // Another revision is another student, of which nothing was known.
  weights = '/models/student/second';
  expect((await evaluate('second', 'v3')).stderr).not.toContain('something else about');
  expect(
    (await sluiceHere(['run', '--set', 'run=asked', '--set', 'student.revision=v2'], { cwd: there.folder })).stderr,
  ).toContain('student: ');
});
