import { expect, it } from 'vitest';
import { json, scriptedServer } from '../../llm/scripted-server.ts';
import { configText, sluice, workFolder } from '../sluice.ts';
import { holdsKey, writings } from './played-back.ts';

const key = 'sk-Pr0j/aBc+dEf"gHi&jKl=mNoP9';

it('a grader that plays its key back finds it in nothing that sluice verify prints', async () => {
  const played = Object.values(writings).map((write) => write(key));
  await using grader = await scriptedServer((response, { body }, number) => {
    const [task] = body.tasks as { id: string }[];
    const said = number === 0 ? 'all is well' : `asked with ${played[number - 1]}`;
    if (number % 9 === 8) json(response, 400, { error: said });
    else json(response, 200, { results: [{ id: task!.id, verdict: 'right', reason: said, extracted: said }] });
  });
  const domain = `domains:\n  graded: { kind: http, url: "${grader.url}", batch: 1, concurrency: 1, headers: { x-key: "\${GRADER_KEY}" } }\n`;
  const folder = workFolder({ 'sluice.yaml': configText(grader.url, domain) });
  const line = `${JSON.stringify({ domain: 'graded', answer: 'a', response: 'b' })}\n`;
  const env = { GRADER_KEY: key, STUDENT_KEY: 'x', TEACHER_KEY: 'x', SCORER_KEY: 'x' };
  const input = line.repeat(played.length + 1);
  const { stdout, stderr } = await sluice(['verify', '-c', 'sluice.yaml'], { cwd: folder.path, env, input });
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(played.length + 1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ verdict: 'right', reason: 'all is well' });
  expect([...lines, stderr].filter((text) => holdsKey(text, key))).toEqual([]);
  expect(lines.filter((text) => text.includes('***')).length).toBe(played.length);
  expect(grader.asked[0]?.headers['x-key']).toBe(key);
  folder.destroy();
}, 60_000);
