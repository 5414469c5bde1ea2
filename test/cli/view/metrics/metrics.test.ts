import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../../rehearsal/server/server.ts';
import { sluiceHere } from '../../../helpers/sluice-here.ts';
import { holdingServer } from '../../holding-server.ts';
import { command, easyConfigText, workFolder } from '../../sluice.ts';

const problems = [...rehearsalProblems({ seed: 1, count: 60 })].map((row) => `${JSON.stringify(row)}\n`).join('');

/** `name{labels} value` lines, by name and labels. */
const parse = (text: string): Map<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [
          line
            .slice(0, at)
            .replace(/,?run="test"/, '')
            .replace('{,', '{'),
          Number(line.slice(at + 1)),
        ];
      }),
  );

describe('--listen', () => {
  it('serves metrics that agree with status, by the conventions of Prometheus, and health', async () => {
    const models = await startRehearsal();
    const server = await holdingServer(models.url, 60);
    // Two keys of one server are two members of a pool.
    const pool = `endpoints: [{ baseUrl: "${server.url}/v1" }, { baseUrl: "${server.url}/v1", apiKey: second }]`;
    const config = easyConfigText(server.url).replace(`baseUrl: ${server.url}/v1`, pool);
    const folder = workFolder({ 'sluice.yaml': config, 'problems.jsonl': problems });
    const child = spawn(process.execPath, [command, 'run', '--listen', '127.0.0.1:0'], { cwd: folder.path });
    const ended = new Promise((resolve) => {
      child.on('close', resolve);
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    while (!stderr.includes('/healthz')) await new Promise((later) => setTimeout(later, 50));
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stderr)?.[0] as string;

    for (;;) {
      await new Promise((later) => setTimeout(later, 300));
      const found = parse(await (await fetch(`${url}/metrics`)).text());
      const told = await sluiceHere(['status', '--json'], { cwd: folder.path });
      if (told.code !== 0 || server.held() === 0) continue;
      const status = JSON.parse(told.stdout);
      const shown = {
        emitted: found.get('sluice_problems{state="emitted"}'),
        unread: found.get('sluice_problems{state="unread"}'),
        requests: found.get('sluice_model_requests_total{role="student"}'),
        prompt: found.get('sluice_model_tokens_total{role="student",kind="prompt"}'),
      };
      const { student } = status.spent.models;
      const said = {
        emitted: status.states.emitted,
        unread: status.states.unread,
        requests: student.requests,
        prompt: student.promptTokens,
      };
      if (JSON.stringify(shown) === JSON.stringify(said)) break;
    }
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    for (const name of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      if (name[2] === 'counter') expect(name[1]).toMatch(/_(total|seconds_total)$/);
      expect(name[1]).toMatch(/^[a-z][a-z0-9_]*$/);
    }
    expect(text).toContain('sluice_commit_duration_seconds_bucket');
    const told = await sluiceHere(['status'], { cwd: folder.path });
    const { host } = new URL(server.url);
    for (const member of [`${host}#1`, `${host}#2`]) {
      const labels = `role="student",model="rehearsal-student",member="${member}"`;
      expect(text).toContain(`sluice_endpoint_calls{${labels},state="in_flight"`);
      expect(told.stdout).toContain(`rehearsal-student ${member}`);
    }
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      200,
      { ok: true, ready: true, phase: 'running', answeredSecondsAgo: expect.any(Number) },
    ]);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/secrets`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
    server.release();
    expect(await ended).toBe(0);
    folder.destroy();
    await server.close();
    await models.close();
  }, 120_000);
});
