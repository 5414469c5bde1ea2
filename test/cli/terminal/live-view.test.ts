import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../../flow/status/status.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';
import { holdingServer } from '../holding-server.ts';
import { configText, sluice, workFolder } from '../sluice.ts';
import { hasTerminal, sluiceInTerminal } from './in-terminal.ts';

const PROBLEMS = 150;
const problems = [...rehearsalProblems({ seed: 1, count: PROBLEMS })].map((row) => `${JSON.stringify(row)}\n`).join('');

const yaml = (url: string): string =>
  configText(url)
    .replace('records: 12', 'records: 110\n  distribution: natural')
    .replace('rehearsal-student', 'rehearsal-student\n  concurrency: 16')
    .replace('rehearsal-teacher', 'rehearsal-teacher\n  concurrency: 4');

/** The figures that a person reads from the screen, in the words of `status --json`. */
const figuresOn = (lines: readonly string[]) => {
  const text = lines.join('\n');
  const number = (pattern: RegExp): number => Number((pattern.exec(text)?.[1] ?? 'NaN').replaceAll(',', ''));
  const all = text.replaceAll(/\n {2}(?=\S)/g, ' ');
  const list = /^([\d,]+) problems: (.*)$/m.exec(all);
  return {
    emitted: number(/^test {2}\w+ {2}([\d,]+) of/m),
    problems: Number(list?.[1]?.replaceAll(',', '') ?? Number.NaN),
    states: Object.fromEntries(
      (list?.[2] ?? '')
        .split(', ')
        .map((part) => [part.split(' ')[1], Number(part.split(' ')[0]?.replaceAll(',', ''))]),
    ),
    stages: Object.fromEntries(
      [...text.matchAll(/^(\w+) +([\d,]+) done.*?([\d,]+) in hand/gm)].map((found) => [
        found[1],
        [found[2], found[3]].map((one) => Number(one?.replaceAll(',', ''))),
      ]),
    ),
    inFlight: [...text.matchAll(/(\d+) of \d+ in flight/g)].map((found) => Number(found[1])),
    levels: [...text.matchAll(/^(easy|level_\d) +[█░]+ +([\d,]+)/gm)].map((found) =>
      Number(found[2]?.replaceAll(',', '')),
    ),
    requests: number(/^([\d,]+) requests/m),
    tokens: number(/requests, ([\d,]+) tokens/),
  };
};

const figuresIn = (status: Status): ReturnType<typeof figuresOn> => ({
  emitted: status.target.emitted,
  problems: status.problems,
  states: Object.fromEntries(Object.entries(status.states).filter(([, count]) => count > 0)),
  stages: Object.fromEntries(status.stages.map(({ stage, done, inHand }) => [stage, [done, inHand]])),
  inFlight: status.endpoints.map((one) => one.inFlight),
  levels: Object.values(status.levels).map((one) => one.emitted),
  requests: status.spent.requests,
  tokens: status.spent.tokens,
});

/** Looks at the screen and at the status again and again, until both show the same while the server is silent. */
const agreement = async (cwd: string, terminal: ReturnType<typeof sluiceInTerminal>) => {
  for (;;) {
    await sleep(300);
    const told = await sluiceHere(['status', '--json'], { cwd });
    if (told.code !== 0) continue;
    const status = JSON.parse(told.stdout) as Status;
    const shown = figuresOn(terminal.lines());
    if (status.states.teaching === 0) continue;
    if (JSON.stringify(shown) === JSON.stringify(figuresIn(status))) return { shown, status };
  }
};

const requestsIn = ({ models }: { models: Record<string, { requests: number }> }): number =>
  Object.values(models).reduce((sum, one) => sum + one.requests, 0);

const world = async () => {
  const models = await startRehearsal({ latency: { milliseconds: 5 } });
  const server = await holdingServer(models.url, 100);
  const folder = workFolder({ 'sluice.yaml': yaml(server.url), 'problems.jsonl': problems });
  return {
    models,
    server,
    path: folder.path,
    end: async () => {
      folder.destroy();
      await server.close();
      await models.close();
    },
  };
};

describe.skipIf(!hasTerminal)('the live view on a terminal', { timeout: 180_000 }, () => {
  it('of 80 columns shows what status says; Ctrl-C drains, says so, and the same command goes on', async () => {
    const { models, server, path, end } = await world();
    const terminal = sluiceInTerminal(['run'], { cwd: path, columns: 80 });
    const { shown, status } = await agreement(path, terminal);
    expect(shown).toEqual(figuresIn(status));
    expect(status.phase).toBe('running');
    expect(status.endpoints.reduce((sum, one) => sum + one.inFlight, 0)).toBe(server.held());
    expect(terminal.lines().join(' ')).toContain('… sampler: ');
    terminal.press('\u0003');
    while (!terminal.lines().some((line) => line.includes('draining'))) await sleep(50);
    expect(terminal.raw()).toContain('finishing what is in flight; once more to let go at once');
    server.release();
    expect(await terminal.ended).toBe(130);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are wanted here
    expect(terminal.raw()).toMatch(/\u001b\[\d+m/);
    expect(terminal.widest()).toBeLessThanOrEqual(80);
    expect(terminal.stdout()).not.toContain('\u001b');
    expect(terminal.stdout()).toContain('stopped: interrupted');

    const again = await sluice(['run', '--json'], { cwd: path });
    expect(again.code).toBe(0);
    const report = JSON.parse(again.stdout);
    expect(report.states.emitted).toBe(110);
    expect(report.problems).toBe(PROBLEMS);
    expect(again.stderr).not.toContain('\u001b');
    expect(models.stats().requests).toBe(requestsIn(report));
    await end();
  });

  it('of 200 columns without colours; Ctrl-C twice lets go at once, and the same command goes on', async () => {
    const { models, server, path, end } = await world();
    const terminal = sluiceInTerminal(['run'], { cwd: path, columns: 200, env: { NO_COLOR: '1' } });
    const { shown, status } = await agreement(path, terminal);
    expect(shown).toEqual(figuresIn(status));
    terminal.press('\u0003');
    while (!terminal.raw().includes('finishing what is in flight')) await sleep(20);
    terminal.press('\u0003');
    expect(await terminal.ended).toBe(130);
    expect(terminal.raw()).toContain('letting go; what was answered is kept');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    expect(terminal.raw()).not.toMatch(/\u001b\[[\d;]*m/);
    expect(terminal.widest()).toBeLessThanOrEqual(200);
    expect(terminal.widest()).toBeGreaterThan(80);

    server.release();
    const again = await sluice(['run', '--json'], { cwd: path });
    expect(again.code).toBe(0);
    const report = JSON.parse(again.stdout);
    expect(report.problems).toBe(PROBLEMS);
    // Only what was open when it let go is asked twice.
    expect(models.stats().requests).toBe(requestsIn(report));
    expect(server.asked() - requestsIn(report)).toBeLessThanOrEqual(server.held());
    const log = readFileSync(join(path, 'store', 'test.log.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const events = log.map((line) => JSON.parse(line).event);
    expect(events).toEqual(expect.arrayContaining(['began', 'assigned', 'status', 'draining', 'message', 'ended']));
    await end();
  });
});
