import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';
import { json, scriptedServer } from '../../llm/scripted-server.ts';
import { type Ended, easyConfigText, workFolder } from '../sluice.ts';

const env = {
  STUDENT_KEY: 'sk-student-31415926"quoted',
  TEACHER_KEY: 'sk-teacher-27182818',
  SCORER_KEY: 'sk-scorer-16180339',
  EXTRA_KEY: 'sk-extra-14142135',
};
/** A server may want its key where no environment is read from: it is used, and kept nowhere. */
const literal = {
  header: 'header-14142135-literal',
  named: 'named-57721566-literal',
  looks: 'sk-66274349-by-its-look',
};
const secrets = [...Object.values(env), ...Object.values(literal)];

const withKeys = (url: string): string =>
  easyConfigText(url)
    .replace('model: rehearsal-student', `model: rehearsal-student\n  apiKey: \${STUDENT_KEY}`)
    .replace(
      'model: rehearsal-teacher',
      `model: rehearsal-teacher\n  apiKey: \${TEACHER_KEY}\n  headers: { api-key: ${literal.header} }\n  extraBody: { token: "\${EXTRA_KEY}", deep: { accessToken: ${literal.named}, list: [${literal.looks}] } }`,
    )
    .replace('model: rehearsal-prm }', `model: rehearsal-prm, apiKey: "\${SCORER_KEY}" }`);

const problems = [...rehearsalProblems({ seed: 1, count: 60 })].map((row) => `${JSON.stringify(row)}\n`).join('');

/** Everything that a command left or said. */
const traces = (folder: string, ...ended: readonly Ended[]): [name: string, text: string][] => [
  ...ended.map(({ stdout, stderr }, index): [string, string] => [`output ${index}`, stdout + stderr]),
  ...readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'sluice.yaml')
    .map((entry): [string, string] => {
      const file = join(entry.parentPath, entry.name);
      return [file, readFileSync(file, 'latin1')];
    }),
];

const leaks = (found: readonly (readonly [string, string])[]): string[] =>
  found.flatMap(([name, text]) =>
    secrets
      .filter((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)))
      .map(() => name),
  );

describe('secrets', () => {
  it('are in no store, no log, no output and no message of a run that goes well', async () => {
    const models = await startRehearsal();
    const folder = workFolder({ 'sluice.yaml': withKeys(models.url), 'problems.jsonl': problems });
    try {
      const ran = await sluiceHere(['run', '--json'], { cwd: folder.path, env });
      expect(ran.code).toBe(0);
      const status = await sluiceHere(['status', '--json'], { cwd: folder.path, env });
      const doctor = await sluiceHere(['doctor'], { cwd: folder.path, env });
      const found = traces(folder.path, ran, status, doctor);
      expect(found.map(([name]) => name).join()).toMatch(/sluice\.db.*test\.log\.jsonl|test\.log\.jsonl.*sluice\.db/);
      expect(leaks(found)).toEqual([]);
    } finally {
      folder.destroy();
      await models.close();
    }
  });

  it('are in no message where a server refuses a key and quotes it, in every way of writing it', async () => {
    await using server = await scriptedServer((response, { headers }) =>
      json(response, 401, { error: { message: `wrong key ${headers.authorization?.replace('Bearer ', '')}` } }),
    );
    const folder = workFolder({ 'sluice.yaml': withKeys(server.url), 'problems.jsonl': problems });
    try {
      const ran = await sluiceHere(['run'], { cwd: folder.path, env });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('the API key is missing or wrong');
      expect(ran.stderr.match(/the API key is missing or wrong/g)).toHaveLength(1);
      expect(ran.stderr).not.toMatch(/^\s+at /m);
      const doctor = await sluiceHere(['doctor', '--json'], { cwd: folder.path, env });
      expect(doctor.code).toBe(1);
      expect(leaks(traces(folder.path, ran, doctor))).toEqual([]);
      expect(server.asked.length).toBeGreaterThan(0);
    } finally {
      folder.destroy();
    }
  });

  it('are in no letter where a server refuses a request and quotes all of it, nor in what it says of garbage', async () => {
    const models = await startRehearsal();
    let calls = 0;
    await using server = await scriptedServer((response, { path, headers, body }) => {
      if (path.endsWith('/models')) json(response, 404, {});
      else if (calls++ % 2 === 0)
        json(response, 400, { error: { message: `refused: ${JSON.stringify({ headers, body })}` } });
      else response.end(`${headers.authorization?.slice(7)} ${body.token} is no JSON`);
    });
    const sets = ['--set', `teacher.baseUrl=${server.url}/v1`, '--set', 'target.records=4'];
    const folder = workFolder({ 'sluice.yaml': withKeys(models.url), 'problems.jsonl': problems });
    try {
      const ran = await sluiceHere(['run', ...sets], { cwd: folder.path, env });
      expect(ran.stderr + ran.stdout).toMatch(/refused|dead/);
      const listed = await sluiceHere(['dead-letters', 'list', '--json', ...sets], { cwd: folder.path, env });
      const doctor = await sluiceHere(['doctor', ...sets], { cwd: folder.path, env });
      expect(leaks(traces(folder.path, ran, listed, doctor))).toEqual([]);
      expect(listed.stdout + ran.stderr).toContain('***');
    } finally {
      folder.destroy();
      await models.close();
    }
  });

  it('the search finds a secret where there is one', () => {
    expect(leaks([['file', `x ${env.TEACHER_KEY} y`]])).toEqual(['file']);
  });
});
